import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkSelection } from "../../../core/pipeline/search/run_search.ts";
import { surveyPlan } from "../../../core/pipeline/survey.ts";
import { searchLines } from "../../../core/pipeline/search/words.ts";
import type { PipelineResult, Plan } from "../../../core/pipeline/types.ts";
import { createProject } from "../_project.ts";
import { plan, run, searchOf } from "./_search.ts";

/** The more is added, the larger the total. */
const OFFSETS = { "scale.offset": [3, 1, 2, 0.5, 7, 6] };

/** By configuration each setting with its scores. */
const decisions = ({ searched }: Plan) =>
  searched!.configurations.map(({ group, tried, winner }) => ({
    group,
    winner,
    tried: tried.map(({ setting, scores }) => [
      setting["scale.offset"],
      ...scores.map((score) => "failed" in score ? null : score.value),
    ]),
  }));

const offsets = ({ plan: { trials } }: PipelineResult) =>
  trials.map(({ label, values }) => [label, values["scale.offset"]]);

it("has the better go on from rung to rung, and all seeds take what won", async () => {
  const project = createProject();
  const result = await run(project, searchOf(OFFSETS), {
    given: { seeds: [0, 5] },
  });
  expect(result.status).toBe("done");
  expect(offsets(result)).toEqual([
    ["Toy(1) seed 0", 0.5],
    ["Toy(1) seed 5", 0.5],
    ["Toy(2) seed 0", 0.5],
    ["Toy(2) seed 5", 0.5],
  ]);
  // How many rungs each has seen.
  const seen = decisions(result.plan).map(({ tried }) =>
    tried.map(([offset, ...scores]) => [offset, scores.length])
  );
  const expected = [[3, 1], [1, 3], [2, 2], [0.5, 3], [7, 1], [6, 1]];
  expect(seen).toEqual([expected, expected]);
  const [three, one] = decisions(result.plan)[0]!.tried.map(([, score]) =>
    score as number
  );
  expect(three! - one!).toBe(2);
  // 6 + 3 + 2 * 2 of 6 * 4.
  expect(result.plan.searched!.configurations[0]!.work)
    .toEqual({ done: 13, whole: 24 });
  expect(searchLines(result.plan.searched!)).toEqual([
    "Search: offset=0.5 for Toy(1), found with 13 of 24 steps (54 %)",
    "Search: offset=0.5 for Toy(2), found with 13 of 24 steps (54 %)",
  ]);
});

it("goes on from rung to rung with what the last one left, and repeats nothing", async () => {
  const project = createProject();
  const first = await run(project, searchOf(OFFSETS), {
    given: { factors: [1] },
  });
  const calls = project.calls();
  const count = (what: string) => calls.filter((one) => one === what).length;
  // Rungs of 6, 3 and 2, and the trial, whose limit is another.
  expect(count("total Toy(1)")).toBe(12);
  expect(count("continued")).toBe(3 + 2 + 1);
  expect(count("scale Toy(1)")).toBe(6);
  const again = await run(project, searchOf(OFFSETS), {
    given: { factors: [1] },
  });
  expect(project.calls()).toEqual([]);
  expect(again.plan.id).toBe(first.plan.id);
  // A configuration more is searched for by itself.
  await run(project, searchOf(OFFSETS), { given: { factors: [1, 2] } });
  expect(new Set(project.calls()))
    .toEqual(new Set(["continued", "resumed", "scale Toy(2)", "total Toy(2)"]));
});

it("runs what is new where it is widened, and says another run's name", async () => {
  const project = createProject();
  const given = { factors: [1] };
  const first = await run(project, searchOf(OFFSETS, 3), { given });
  project.calls();
  const wider = { "scale.offset": [...OFFSETS["scale.offset"], 0.25] };
  // One of three more goes on, so there is room for the new one.
  const second = await run(project, searchOf(wider, 3), { given });
  expect(second.plan.searched!.configurations[0]!.winner)
    .toEqual({ "scale.offset": 0.25 });
  const calls = project.calls();
  expect(calls.filter((one) => one === "scale Toy(1)")).toHaveLength(1);
  // Its three rungs and its trial.
  expect(calls.filter((one) => one === "total Toy(1)")).toHaveLength(4);
  const worse = { "scale.offset": [...OFFSETS["scale.offset"], 9] };
  const third = await run(project, searchOf(worse, 7), { given });
  expect(offsets(third)).toEqual(offsets(first));
  expect(third.plan.id).not.toBe(first.plan.id);
});

it("decides alike whether or not it was interrupted, and however many work", async () => {
  const [whole, cut] = [createProject(), createProject()];
  const expected = await run(whole, searchOf(OFFSETS), { concurrency: 2 });
  const seen: string[] = [];
  // After one, two, ... stages of each start, until it is done.
  for (let most = 1;; most++) {
    const stop = new AbortController();
    let ended = 0;
    const result = await run(cut, searchOf(OFFSETS), {
      signal: stop.signal,
      onEvent: ({ type }) => {
        if (type === "end" && ++ended === most * 5) stop.abort("stop");
      },
    });
    seen.push(result.status);
    if (result.status === "interrupted") continue;
    expect(decisions(result.plan)).toEqual(decisions(expected.plan));
    break;
  }
  expect(seen.length).toBeGreaterThan(3);
  const began = (calls: readonly string[]) =>
    calls.filter((one) => one !== "resumed");
  expect(began(cut.calls())).toEqual(began(whole.calls()));
});

it("gives up settings that would always fail, and remembers them", async () => {
  const project = createProject();
  const values = {
    "total.misbehave": ["fail alike", ""],
    "scale.offset": [1, 2],
  };
  const given = { factors: [1] };
  const result = await run(project, searchOf(values), { given });
  const [{ tried, winner }] = result.plan.searched!.configurations as [
    NonNullable<Plan["searched"]>["configurations"][number],
  ];
  expect(winner).toEqual({ "total.misbehave": "", "scale.offset": 1 });
  expect(tried.map(({ scores: [score] }) => "failed" in score!)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  project.calls();
  await run(project, searchOf(values), { given });
  expect(project.calls()).toEqual([]);
  const none = searchOf({ "total.misbehave": ["fail alike"] });
  await expect(run(project, none, { given })).rejects.toThrow(
    "Cannot choose a setting for Toy(1): all 1 have failed; the first: no sum, ever",
  );
});

it("stops where a setting fails that might not", async () => {
  const project = createProject();
  const values = { "total.misbehave": ["", "user error"] };
  const result = await run(project, searchOf(values), {
    given: { factors: [1] },
  });
  expect(result.status).toBe("failed");
  expect(result.plan.searched!.next).toBe(0);
});

it("makes a result anew that is damaged or gone, where scores are known", async () => {
  const project = createProject();
  const given = { factors: [1] };
  const search = searchOf({ "scale.offset": [2, 1] });
  const { plan: { searched } } = await run(project, search, { given });
  project.calls();
  const store = join(project.folder, "outputs", "store");
  for (const { stage, key } of searched!.artifacts.slice(0, 2)) {
    const folder = join(store, stage, key);
    if (key === searched!.artifacts[0]!.key) {
      rmSync(folder, { recursive: true });
    } else writeFileSync(join(folder, "value.json"), "{");
  }
  const next = await plan(project, search, given);
  expect(next.searched!.next).toBe(0);
  const result = await run(project, search, { given });
  expect(result.status).toBe("done");
  expect(project.calls().filter((one) => one === "total Toy(1)"))
    .toHaveLength(2);
  // Scores are remembered, and read again where they are not.
  rmSync(join(store, ".scores.json"));
  const again = await plan(project, search, given);
  expect(decisions(again)).toEqual(decisions(result.plan));
});

it("says what it does next, and holds a selection to what comes last", async () => {
  const project = createProject();
  const first = await plan(project, searchOf(OFFSETS));
  expect(searchLines(first.searched!)).toEqual([
    "Search: rung 1 of 3, 6 settings for each of 2 configurations with total.limit=1; what comes after it depends on what is found",
  ]);
  expect(first.id).toMatch(/^test-rung-1-/);
  const { findings } = await surveyPlan(first);
  expect([...findings.values()].map(({ status }) => status))
    .toEqual(Array.from({ length: 1 + 12 + 12 }, () => "stale"));
  await checkSelection(first, { to: "total", trials: ["Toy(2)"] });
  await expect(checkSelection(first, { trials: ["Toy(3)"] })).rejects
    .toThrow('Cannot choose --run Toy(3): found no trial "Toy(3)"');
});
