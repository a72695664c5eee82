import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import type { PipelineEvent } from "../../core/pipeline/types.ts";
import { connect } from "../../core/queue/connection.ts";
import { isAlive, markOf } from "../../core/lib/owner.ts";
import { openStore } from "../../core/store/open.ts";
import {
  failures,
  openProject,
  type Project,
  summary,
} from "../pipeline/_open_project.ts";
import { createEditableProject, createProject } from "../pipeline/_project.ts";
import { type Child, startChild } from "../processes/child.ts";
import { redisMissing } from "./_redis.ts";
import { runByQueue } from "./_sweep.ts";
import { useRedis } from "./_use_redis.ts";
import { startWorker } from "./_work.ts";

/** Another checkout of the project with its sources, on another machine so to speak. */
function checkOut(project: Project): Project {
  const folder = mkdtempSync(join(tmpdir(), "pipeline-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(project.folder, folder, { recursive: true, preserveTimestamps: true });
  return openProject(folder);
}

/** A worker that can be killed. */
function startProcess(project: Project, url: string): Child {
  const script = fileURLToPath(
    new URL("./_worker_process.ts", import.meta.url),
  );
  const words = ["--import", "tsx", script, project.folder, url];
  const child = startChild([process.execPath, ...words]);
  onTestFinished(() => child.kill());
  return child;
}

describe.skipIf(redisMissing())("a sweep in trouble", () => {
  const redis = useRedis();

  it("is given to nobody whose code is another, who says which", async () => {
    const project = createEditableProject();
    const other = checkOut(project);
    other.edit("helper.ts", "return", "return 1 +");
    const store = await openStore(project.config().storeDirectory);
    const wrong = startWorker(other, redis.url, { store });
    const events: PipelineEvent[] = [];
    const sweep = runByQueue(project, redis.url, {
      onEvent: (event) => {
        events.push(event);
        if (event.type === "warn" && event.message.includes("does not take")) {
          right ??= startWorker(project, redis.url);
        }
      },
    });
    let right: ReturnType<typeof startWorker> | undefined;
    const result = await sweep;
    expect(failures(result)).toEqual([]);
    const refusals = wrong.events.flatMap((event) =>
      event.type === "refused" ? [event.why] : []
    );
    expect(refusals[0]).toMatch(
      /^its version of prior "toy", toy_prior.ts, is another one: [0-9a-f]{12}, the sweep wants [0-9a-f]{12}$/,
    );
    expect(other.calls()).not.toContain("scale Toy(1)");
    const warnings = events.flatMap((event) =>
      event.type === "warn" ? [event.message] : []
    );
    expect(warnings.join("\n")).toContain('its version of prior "toy"');
  });

  it("is given to nobody with other data or another store", async () => {
    const project = createEditableProject();
    const place = redis.url;
    const store = await openStore(project.config().storeDirectory);
    const data = checkOut(project);
    appendFileSync(join(data.folder, "outside.txt"), "other");
    const stranger = checkOut(project);
    const workers = [
      startWorker(data, place, { store }),
      startWorker(stranger, place),
    ];
    const sweep = runByQueue(project, place);
    const refusals = () =>
      workers.map(({ events }) =>
        events.flatMap((event) => event.type === "refused" ? [event.why] : [])
      );
    await expect.poll(() => refusals().every(([one]) => one !== undefined))
      .toBe(true);
    expect(refusals()[0]![0]).toContain('its data differ: "outside"');
    expect(refusals()[1]![0]).toContain("does not know run test-");
    startWorker(project, place);
    expect(failures(await sweep)).toEqual([]);
  });

  it("gives the work of a dead worker to another, who goes on from its checkpoint", async () => {
    const project = createProject();
    const given = {
      factors: [1],
      options: { numbers: { count: 6 }, total: { holdAt: 5 } },
    };
    const dead = startProcess(project, redis.url);
    const sweep = runByQueue(project, redis.url, { given });
    const child = markOf(await project.held());
    await dead.kill();
    // It ends when it hears of it, and would go on if it were let go before.
    await expect.poll(() => isAlive(child)).toBe(false);
    project.letGo();
    startWorker(project, redis.url);
    const result = await sweep;
    expect(summary(result)["total Toy(1)"]).toBe("done: new");
    const calls = project.calls();
    expect(calls.filter((call) => call === "total Toy(1)")).toHaveLength(2);
    expect(calls.filter((call) => call === "resumed")).toHaveLength(1);
    // What the others had done was not done again.
    expect(calls.filter((call) => call === "numbers")).toHaveLength(1);
  });

  it("is put into the queue again, where Redis has lost it", async () => {
    const project = createProject();
    const given = { options: { numbers: { holds: true } } };
    const connection = await connect(redis);
    let again: Promise<unknown> | undefined;
    const sweep = runByQueue(project, redis.url, {
      given,
      onEvent: (event) => {
        if (event.type === "end") again ??= connection.flushall();
      },
    });
    startWorker(project, redis.url);
    // With one stage under way, and once more when it has ended.
    await project.held();
    await connection.flushall();
    project.letGo();
    const result = await sweep;
    await again;
    connection.disconnect();
    expect(again).toBeDefined();
    expect(failures(result)).toEqual([]);
    const calls = project.calls();
    expect(calls).toEqual([...new Set(calls)]);
  });

  it("outlives Redis", async () => {
    const project = createProject();
    const given = {
      factors: [1, 2, 3, 4],
      options: { total: { holdAt: 1 } },
    };
    startWorker(project, redis.url);
    const sweep = runByQueue(project, redis.url, { given });
    await project.held();
    await redis.kill();
    // Something ends while nobody can be told.
    project.letGo();
    const store = await openStore(project.config().storeDirectory);
    await expect.poll(() => store.list("total")).not.toEqual([]);
    await redis.start();
    expect(failures(await sweep)).toEqual([]);
    const calls = project.calls();
    expect(calls).toEqual([...new Set(calls)]);
  });

  it.each([false, true])(
    "ends a worker that is told to, though Redis is gone, drain %s",
    async (drain) => {
      const project = createProject();
      const given = {
        factors: [1],
        options: { numbers: { count: 6 }, total: { holdAt: 5 } },
      };
      const worker = startWorker(project, redis.url, { drain });
      const abort = new AbortController();
      const { signal } = abort;
      const sweep = runByQueue(project, redis.url, { given, signal });
      await project.held();
      await redis.kill();
      onTestFinished(() => redis.start());
      await worker.stop();
      // Who has started the sweep is let go as well.
      abort.abort();
      expect((await sweep).status).toBe("interrupted");
      const local = await project.run(given);
      expect(local.status).toBe("done");
      expect(project.calls()).toContain("resumed");
    },
  );
});
