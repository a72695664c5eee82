import { describe, expect, it } from "vitest";
import { UserError } from "../../core/lib/errors.ts";
import { summary } from "../pipeline/_open_project.ts";
import { createEditableProject, createProject } from "../pipeline/_project.ts";
import { digests } from "./_project_digests.ts";
import { redisMissing } from "./_redis.ts";
import { runByQueue } from "./_sweep.ts";
import { useRedis } from "./_use_redis.ts";
import { startWorker } from "./_work.ts";

describe.skipIf(redisMissing())(
  "a sweep by BullMQ of which a stage fails",
  () => {
    const redis = useRedis();

    it("gives a stage whose process has died another one, as the local executor does", async () => {
      const [project, local] = [createProject(), createProject()];
      const worker = startWorker(project, redis.url);
      const victim = { misbehave: "abort once", victim: "Toy(1)" };
      const given = { options: { total: victim } };
      const result = await runByQueue(project, redis.url, { given });
      const expected = await local.run(given);
      expect(summary(result)).toEqual(summary(expected));
      expect(result.warnings).toEqual(expected.warnings);
      expect(result.warnings.at(-1)).toContain("total Toy(1): tried again");
      expect(project.calls()).toEqual(local.calls());
      expect(await digests(project)).toEqual(await digests(local));
      const told = worker.events.flatMap((event) =>
        event.type === "warn" ? [event.message] : []
      );
      expect(told.filter((line) => line.includes("SIGABRT"))).toHaveLength(1);
    });

    it("tells of a failure as the local executor does, and goes on beside it", async () => {
      const [project, local] = [createProject(), createProject()];
      startWorker(project, redis.url);
      for (const misbehave of ["throw", "user error", "exit"]) {
        const given = { options: { total: { misbehave, victim: "Toy(1)" } } };
        const result = await runByQueue(project, redis.url, { given });
        const expected = await local.run(given);
        expect(summary(result)).toEqual(summary(expected));
        const errors = [result, expected].map(({ trials }) =>
          trials.flatMap(({ stages }) => stages)
            .flatMap(({ error }) => error === undefined ? [] : [error])
            .map((error) => [
              error.message,
              error instanceof UserError,
              (error as UserError).hint,
            ])
        );
        expect(errors[0]).toEqual(errors[1]);
        expect(errors[0]).toHaveLength(1);
      }
    });

    it("skips what needs a stage that failed", async () => {
      const project = createEditableProject();
      startWorker(project, redis.url);
      project.edit(
        "scale.ts",
        "noteCall(",
        "if (prior.label === 'Toy(2)') throw new Error('no'); noteCall(",
      );
      const result = await runByQueue(project, redis.url);
      expect(summary(result)).toMatchObject({
        "total Toy(1)": "done: new",
        "scale Toy(2)": "failed: new",
        "total Toy(2)": "skipped: needs scale Toy(2), which failed",
      });
    });
  },
);
