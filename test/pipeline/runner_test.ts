import { deriveSeed } from "../../core/engine/seed.ts";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runPlan } from "../../core/pipeline/runner.ts";
import { surveyPlan } from "../../core/pipeline/survey.ts";
import type { PipelineEvent } from "../../core/pipeline/types.ts";
import { openStore } from "../../core/store/open.ts";
import { summary } from "./_open_project.ts";
import { ALL, createEditableProject, createProject } from "./_project.ts";

it("runs every stage once, and nothing the second time", async () => {
  const project = createProject();
  const first = await project.run({}, { concurrency: 2 });
  expect(first.status).toBe("done");
  expect(Object.values(summary(first))).toEqual(ALL.map(() => "done: new"));
  expect(project.calls()).toEqual(ALL);
  expect(first.warnings).toEqual(["These are test numbers"]);

  const events: PipelineEvent[] = [];
  const second = await project.run({}, {
    onEvent: (event) => events.push(event),
  });
  expect(project.calls()).toEqual([]);
  expect(Object.values(summary(second)))
    .toEqual(ALL.map(() => "cached: unchanged"));
  expect(second.warnings).toEqual(["These are test numbers"]);
  expect(events.map(({ type, node }) => `${type} ${node.title}`).sort())
    .toEqual(ALL.map((title) => `end ${title}`));
});

it("gives the stages' results, files and metrics", async () => {
  const project = createProject();
  const plan = await project.plan({ factors: [2] });
  const { trials } = await runPlan(plan);
  const [, , total] = trials[0]!.stages;
  const store = await openStore(plan.config.storeDirectory);
  const seed = deriveSeed(0, "numbers");
  expect(await store.read({ stage: "total", key: total!.key }))
    .toEqual({ total: { total: 4 * (3 * seed + 3) } });
  expect(
    readFileSync(join(trials[0]!.stages[1]!.directory!, "note.txt"), "utf8"),
  )
    .toBe("Toy(2)");
  const lines = readFileSync(
    join(total!.directory!, "metrics.jsonl"),
    "utf8",
  );
  expect(lines.trim().split("\n").map((line) => JSON.parse(line).step))
    .toEqual([1, 2, 3]);
  expect(total!.ms).toBeGreaterThan(0);
});

it("runs again what a changed option, source or input changes", async () => {
  const project = createEditableProject();
  await project.run();
  project.calls();

  const offset = { options: { scale: { offset: 1 } } };
  expect(summary(await project.run(offset))).toMatchObject({
    "numbers": "cached: unchanged",
    "scale Toy(1)": "done: scale.offset 0 -> 1",
    "total Toy(1)": "done: scale changed",
  });
  expect(project.calls()).toEqual(ALL.slice(1));

  project.edit("helper.ts", "A comment that a test edits", "Another comment");
  expect((await project.run(offset)).status).toBe("done");
  expect(project.calls()).toEqual([]);

  project.edit("helper.ts", "a * b", "a * b * 10");
  expect(summary(await project.run(offset))).toMatchObject({
    "numbers": "cached: unchanged",
    "scale Toy(2)": "done: prior toy: helper helper.ts changed: +2 -2",
  });
  expect(project.calls()).toEqual(ALL.slice(1));

  writeFileSync(join(project.folder, "outside.txt"), "data");
  expect(summary(await project.run(offset))).toMatchObject({
    "numbers": "done: input outside none -> data",
    "scale Toy(2)": "done: numbers changed",
  });
  expect(project.calls()).toEqual(ALL);

  const wider = { ...offset, factors: [1, 2, 3] };
  expect(summary(await project.run(wider))).toMatchObject({
    "scale Toy(2)": "cached: unchanged",
    "scale Toy(3)": "done: new",
  });
  expect(project.calls()).toEqual(["scale Toy(3)", "total Toy(3)"]);
});

it("runs nothing for a survey", async () => {
  const project = createProject();
  const { findings } = await surveyPlan(await project.plan());
  expect([...findings.values()].map(({ status }) => status))
    .toEqual(ALL.map(() => "stale"));
  expect(project.calls()).toEqual([]);
});
