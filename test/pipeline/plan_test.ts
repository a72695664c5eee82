import { deriveSeed } from "../../core/engine/seed.ts";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { UserError } from "../../core/lib/errors.ts";
import { planPipeline } from "../../core/pipeline/plan.ts";
import { valuesOf } from "../../core/pipeline/trials.ts";
import type { Stage } from "../../core/pipeline/stage.ts";
import { orderStages } from "../../core/pipeline/stage_graph.ts";
import { axesWith } from "./axes.ts";
import { shared } from "./_open_project.ts";
import { createEditableProject, createProject } from "./_project.ts";

function stage(
  name: string,
  inputs: readonly string[],
  outputs: readonly string[],
  rest: Partial<Stage> = {},
): Stage {
  return {
    kind: "stage",
    name,
    version: 1,
    module: import.meta.url,
    description: "For tests",
    options: v.strictObject({}),
    inputs,
    outputs,
    params: [],
    run: () => Promise.reject(new Error("Plans run nothing")),
    ...rest,
  };
}

describe("orderStages()", () => {
  it("puts what is needed first, and keeps the order otherwise", () => {
    const stages = [
      stage("d", ["b", "c"], []),
      stage("c", ["a"], ["c"]),
      stage("b", ["a"], ["b"]),
      stage("a", [], ["a"]),
    ];
    expect(orderStages(stages).map(({ name }) => name))
      .toEqual(["a", "c", "b", "d"]);
  });

  it.each([
    [
      "a missing need",
      [
        stage("load", [], ["dataset"]),
        stage("build", [], ["encoder"]),
        stage("train", ["dataset", "vae"], ["training"]),
        stage("sample", ["training"], ["samples"]),
      ],
      'Cannot plan stage "train": needs "vae", earlier stages give "dataset", "encoder"',
    ],
    [
      "nothing that is given",
      [stage("train", ["vae"], [])],
      'Cannot plan stage "train": needs "vae", earlier stages give nothing',
    ],
    [
      "an artifact given twice",
      [stage("a", [], ["x"]), stage("b", [], ["x"])],
      'Cannot plan stages "a" and "b": both give "x"',
    ],
    [
      "two of one name",
      [stage("a", [], ["x"]), stage("a", [], ["y"])],
      'Cannot plan: two stages are named "a"',
    ],
    [
      "a stage that needs itself",
      [stage("a", ["x"], ["x"])],
      'Cannot plan stage "a": it needs "x", which it gives itself',
    ],
    [
      "a cycle",
      [
        stage("d", ["z"], []),
        stage("a", ["z"], ["x"]),
        stage("b", ["x"], ["y"]),
        stage("c", ["y"], ["z"]),
      ],
      'Cannot plan stages that wait for each other: "c" needs "y" of "b", "b" needs "x" of "a", "a" needs "z" of "c"',
    ],
  ])("refuses %s", (_, stages, message) => {
    let error: unknown;
    try {
      orderStages(stages);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toBe(message);
  });
});

describe("planPipeline()", () => {
  it("shares what runs have in common", async () => {
    const project = createProject();
    const plan = await project.plan({
      factors: [1, 2],
      latentDims: [2, 5],
      seeds: [0, 7],
    });
    const titles = [...plan.nodes.values()].map(({ title }) => title);
    expect(titles.filter((title) => title.startsWith("numbers")))
      .toEqual(["numbers seed 0", "numbers seed 7"]);
    expect(titles).toHaveLength(2 + 8 + 8);
    expect(titles).toContain("total Toy(2) D=5 seed 7");
    expect(plan.trials.map(({ id }) => id)).toEqual([
      "toy-1-d2-s0",
      "toy-1-d2-s7",
      "toy-1-d5-s0",
      "toy-1-d5-s7",
      "toy-2-d2-s0",
      "toy-2-d2-s7",
      "toy-2-d5-s0",
      "toy-2-d5-s7",
    ]);
    expect(plan.trials[0]!.label).toBe("Toy(1) D=2 seed 0");
    const seen = new Set<string>();
    for (const node of plan.nodes.values()) {
      for (const key of Object.values(node.inputs)) expect(seen).toContain(key);
      seen.add(node.key);
    }
  });

  it("gives each stage what it uses, and nothing else", async () => {
    const project = createProject();
    const plan = await project.plan({ factors: [1] });
    const [numbers, scale] = [...plan.nodes.values()];
    const given = (node = numbers) =>
      node!.given.map(({ provider: { name }, value }) => [name, value]);
    expect(given()).toEqual([["seed", 0]]);
    expect(given(scale)).toEqual([
      ["prior", expect.objectContaining({ label: "Toy(1)" })],
      ["latentDim", 2],
    ]);
    expect(numbers!.title).toBe("numbers");
    expect(scale!.title).toBe("scale Toy(1)");
    expect(scale!.fields).toMatchObject({
      "stage": "scale",
      "option.offset": "0",
      "prior": "toy",
      "prior.option.factor": "1",
      "latentDim": "2",
      "needs.numbers": numbers!.key,
    });
    expect(Object.keys(scale!.fields)).not.toContain("seed");
    expect(Object.keys(scale!.fields)).not.toContain("engine");
  });

  it("plans the same twice, and names the plan by what it holds", async () => {
    const project = createProject();
    const plan = await project.plan();
    expect((await project.plan()).id).toBe(plan.id);
    expect(plan.id).toMatch(/^test-[0-9a-f]{8}$/);
    expect((await project.plan({ seeds: [1] })).id).not.toBe(plan.id);
  });

  it("makes ids of labels that look alike, and unlike", async () => {
    const config = createProject().config({ factors: [1, -1, 0.5, 2] });
    const priors = valuesOf(config, "prior").map((prior, i) =>
      i === 3 ? { ...prior, label: "TOY 1" } : prior
    );
    const plan = await planPipeline(
      { ...config, axes: axesWith({ priors }) },
      shared,
    );
    expect(plan.trials.map(({ id }) => id))
      .toEqual(["toy-1", "toy-m1", "toy-0.5", "toy-1-2"]);
  });

  it("makes ids that no disk takes for each other, or for a file of the report", async () => {
    const config = createProject().config({ factors: [1, 2, 3, 4] });
    const labels = ["Toy", "TOY", "report.HTML", `toy ${"9".repeat(44)}`];
    const priors = valuesOf(config, "prior").map((prior, i) => ({
      ...prior,
      label: labels[i]!,
    }));
    const { trials } = await planPipeline(
      { ...config, axes: axesWith({ priors }) },
      shared,
    );
    expect(trials.map(({ id }) => id))
      .toEqual(["toy", "toy-2", "report-html", `toy-${"9".repeat(44)}`]);
  });

  it("tells apart plans whose names differ in their capitals alone", async () => {
    const config = createProject().config();
    const ids = await Promise.all(
      ["test", "Test", "TEST"].map(async (name) =>
        (await planPipeline({ ...config, name }, shared)).id.toLowerCase()
      ),
    );
    expect(new Set(ids).size).toBe(3);
  });

  it.each([
    [{ factors: [1, 2, 1] }, 'Cannot plan: priors 1 and 3 are both "Toy(1)"'],
    [{ seeds: [3, 3] }, "Cannot plan: seeds 1 and 2 are both 3"],
    [
      { latentDims: [] },
      "Cannot plan: found no latent dimensions, want at least one",
    ],
  ])("refuses runs that are the same: %o", async (given, message) => {
    const project = createProject();
    await expect(project.plan(given)).rejects.toThrow(message);
  });

  it("says which source cannot be read", async () => {
    const project = createEditableProject();
    project.edit("helper.ts", "return", "retürn ((");
    await expect(project.plan()).rejects.toThrow(
      /^Cannot read source ".*helper.ts": .* at line 3/,
    );
  });

  it("has seeds of 32 bits that differ by stage and by run", () => {
    const seeds = [
      deriveSeed(0, "train"),
      deriveSeed(0, "sample"),
      deriveSeed(1, "train"),
    ];
    expect(new Set(seeds).size).toBe(3);
    for (const seed of seeds) expect(seed >>> 0).toBe(seed);
  });
});
