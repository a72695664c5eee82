import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { PipelineEvent } from "../../../core/pipeline/types.ts";
import { openStore } from "../../../core/store/open.ts";
import { type Project, type ProjectConfig, summary } from "../_open_project.ts";
import { createProject } from "../_project.ts";

it("tries a stage again whose worker has died, once, from its checkpoint", async () => {
  const [project, quiet] = [createProject(), createProject()];
  const given = {
    options: { total: { misbehave: "abort once", victim: "Toy(1)" } },
  };
  writeFileSync(join(quiet.folder, "aborted"), "");
  const events: PipelineEvent[] = [];
  const options = { onEvent: (event: PipelineEvent) => events.push(event) };
  const result = await project.run(given, options);
  expect(summary(result)).toEqual(summary(await quiet.run(given)));
  expect(result.status).toBe("done");
  const said =
    "tried again, from its last checkpoint if it had one, after its worker process ended by signal SIGABRT";
  expect(
    events.flatMap((event) => event.type === "warn" ? [event.message] : []),
  ).toEqual(["These are test numbers", said]);
  expect(result.warnings).toEqual([
    "These are test numbers",
    `total Toy(1): ${said}`,
  ]);
  expect(
    project.calls().filter((call) => /total Toy\(1\)|resumed/.test(call)),
  )
    .toEqual(["resumed", "total Toy(1)", "total Toy(1)"]);
  // The artifact knows nothing of it, nor does a run that finds it.
  expect(await digests(project, given)).toEqual(await digests(quiet, given));
  expect((await project.run(given)).warnings)
    .toEqual(["These are test numbers"]);
});

it("tries no stage again that was told to stop", async () => {
  const project = createProject();
  const stop = { total: { misbehave: "be told to stop" } };
  const given = { factors: [1], options: stop };
  const result = await project.run(given);
  expect(summary(result)["total Toy(1)"]).toBe("interrupted: interrupted");
  expect(result.warnings).toEqual(["These are test numbers"]);
  expect(project.calls().filter((call) => call.startsWith("total")))
    .toHaveLength(1);
  const plan = await project.plan(given);
  const [key] = plan.trials[0]!.nodes.slice(-1);
  const attempt = join(plan.config.storeDirectory, ".attempts/total", key!);
  expect(existsSync(join(attempt, "checkpoint.bin"))).toBe(true);
});

/** The files of every artifact, by its key. */
async function digests(project: Project, given: ProjectConfig) {
  const plan = await project.plan(given);
  const store = await openStore(plan.config.storeDirectory);
  const nodes = [...plan.nodes.values()];
  return await Promise.all(nodes.map(async ({ stage, key }) => {
    const found = await store.inspect({ stage: stage.name, key });
    return [key, found.status === "hit" && found.manifest.files];
  }));
}
