import { valuesOf } from "../../../core/pipeline/trials.ts";
import { axesWith } from "../axes.ts";
import { shared } from "../_open_project.ts";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { shortReason } from "../../../core/pipeline/reason/explain.ts";
import { historyOf } from "../../../core/pipeline/beside_store.ts";
import { surveyPlan } from "../../../core/pipeline/survey.ts";
import { age } from "../_age.ts";
import type { Project, ProjectConfig } from "../_open_project.ts";
import { createEditableProject } from "../_project.ts";

/** What is said of each stage that would run: `stage: change` for each change. */
async function explain(
  project: Project,
  given?: ProjectConfig,
): Promise<Readonly<Record<string, "new" | readonly string[]>>> {
  const plan = await project.plan(given);
  const { findings } = await surveyPlan(plan);
  return Object.fromEntries(
    [...findings].flatMap(([key, finding]) => {
      if (finding.status !== "stale") return [];
      const { isNew, changes } = finding.explanation!;
      const texts = changes.map(({ stage, text }) => `${stage}: ${text}`);
      return [[plan.nodes.get(key)!.title, isNew ? "new" as const : texts]];
    }),
  );
}

describe("explainPlan()", () => {
  it("names every change where it is, however many and however far", async () => {
    const project = createEditableProject();
    await project.run({ factors: [1] });
    project.edit("helper.ts", "return a * b", "const c = a * b;\n  return c");
    project.edit("scale.ts", "`scale ${", "`scaled ${");
    const given = {
      factors: [3],
      latentDims: [5],
      seeds: [7],
      options: { numbers: { count: 4 }, scale: { offset: 1 } },
    };
    const numbers = ["numbers: numbers.count 3 -> 4", "numbers: seed 0 -> 7"];
    const scale = [
      "scale: stage scale: scale.ts changed: +1 -1",
      "scale: scale.offset 0 -> 1",
      "scale: prior toy: helper helper.ts changed: +2 -1",
      "scale: prior toy: factor 1 -> 3",
      "scale: latentDim 2 -> 5",
    ];
    const found = await explain(project, given);
    expect(found.numbers).toEqual(numbers);
    expect(found["scale Toy(3)"]).toEqual([...scale, ...numbers]);
    expect(found["total Toy(3)"]).toEqual([...scale, ...numbers]);
  });

  it("compares each run with its own past, and calls new what has none", async () => {
    const project = createEditableProject();
    await project.run({ factors: [1, 2], seeds: [0, 1] });
    const options = { scale: { offset: 1 } };
    const found = await explain(project, {
      factors: [1, 2, 3],
      seeds: [0, 1, 2],
      options,
    });
    const offset = ["scale: scale.offset 0 -> 1"];
    for (const name of ["scale Toy(1)", "total Toy(2)"]) {
      expect(found[`${name} seed 0`]).toEqual(offset);
      expect(found[`${name} seed 1`]).toEqual(offset);
      expect(found[`${name} seed 2`]).toBe("new");
    }
    expect(found["numbers seed 2"]).toBe("new");
    expect(found["scale Toy(3) seed 0"]).toBe("new");
  });

  it("finds the cause though the stage before it has run since", async () => {
    const project = createEditableProject();
    await project.run({ factors: [1] });
    const given = { factors: [1], options: { numbers: { count: 5 } } };
    await project.run(given, { to: "numbers" });
    expect(await explain(project, given)).toEqual({
      "scale Toy(1)": ["numbers: numbers.count 3 -> 5"],
      "total Toy(1)": ["numbers: numbers.count 3 -> 5"],
    });
  });

  it("says so where what was there before is gone", async () => {
    const project = createEditableProject();
    await project.run({ factors: [1] });
    const store = join(project.folder, "outputs", "store");
    rmSync(join(store, "numbers"), { recursive: true });
    const given = { factors: [1], options: { numbers: { count: 5 } } };
    expect(await explain(project, given)).toMatchObject({
      "numbers": "new",
      "scale Toy(1)": [
        "scale: needs numbers changed: the one before is no longer in the store",
      ],
    });
  });

  it("names new and lost helpers, and packages", async () => {
    const project = createEditableProject();
    await project.run({ factors: [1] });
    const manifest = join(project.folder, "node_modules/maths/package.json");
    mkdirSync(join(manifest, ".."), { recursive: true });
    writeFileSync(manifest, '{ "version": "1.0.0", "main": "m.js" }');
    writeFileSync(
      join(manifest, "../m.js"),
      "exports.times = (a, b) => a * b;",
    );
    const helper = join(project.folder, "times.ts");
    writeFileSync(
      helper,
      'import maths from "maths";\nexport const multiply = maths.times;\n',
    );
    for (const file of [manifest, helper]) age(file);
    project.edit("toy_prior.ts", "./helper.ts", "./times.ts");
    expect((await explain(project, { factors: [1] }))["scale Toy(1)"]).toEqual([
      "scale: prior toy: package maths unset -> 1.0.0",
      "scale: prior toy: toy_prior.ts changed: +1 -1",
      "scale: prior toy: helper helper.ts is gone: +0 -4",
      "scale: prior toy: helper times.ts is new: +2 -0",
    ]);
  });

  it("counts no comment, and names no file where only comments changed", async () => {
    const project = createEditableProject();
    await project.run({ factors: [1] });
    project.edit("toy_prior.ts", "/** A prior", "/** A prior,\n * that is,");
    project.edit("helper.ts", "a * b", "b * a");
    expect((await explain(project, { factors: [1] }))["scale Toy(1)"])
      .toEqual(["scale: prior toy: helper helper.ts changed: +1 -1"]);
  });

  it("takes a prior that was renamed for the same one", async () => {
    const project = createEditableProject();
    await project.run({ factors: [1] });
    const plan = await project.plan({ factors: [1] });
    const [prior] = valuesOf(plan.config, "prior");
    project.edit("toy_prior.ts", 'name: "toy"', 'name: "tin"');
    const renamed = {
      ...prior!,
      definition: { ...prior!.definition, name: "tin" },
    };
    const axes = axesWith({ priors: [renamed], latentDims: [2] });
    const other = { ...plan.config, axes };
    const { planPipeline } = await import("../../../core/pipeline/plan.ts");
    const next = await planPipeline(other, shared);
    const { findings } = await surveyPlan(next);
    const reasons = [...findings.values()].map(({ reason }) => reason);
    expect(reasons).toEqual([
      "unchanged",
      "prior toy -> tin, prior tin: toy_prior.ts changed: +1 -1",
      "scale changed",
    ]);
  });

  it("goes without lines where the sources were not kept", async () => {
    const project = createEditableProject();
    await project.run({ factors: [1] });
    const { config, nodes } = await project.plan({ factors: [1] });
    rmSync(join(project.folder, "outputs/store/.sources"), { recursive: true });
    const digest = [...nodes.values()][1]!.fields["prior.source"]!;
    expect(historyOf(config).recall(digest)).toBeNull();
    project.edit("helper.ts", "a * b", "b * a");
    expect((await explain(project, { factors: [1] }))["scale Toy(1)"])
      .toEqual(["scale: prior toy: toy_prior.ts or what it imports changed"]);
  });
});

describe("shortReason()", () => {
  const change = (stage: string, text: string, isUpstream: boolean) => ({
    stage,
    text,
    isUpstream,
    field: "option.x",
    before: "1",
    after: "2",
  });

  it("names its own changes, three of them, and else the stages before", () => {
    const own = ["a", "b", "c", "d", "e"].map((text) =>
      change("train", text, false)
    );
    const above = change("load", "f", true);
    expect(shortReason([own[0]!, above])).toBe("a");
    expect(shortReason(own)).toBe("a, b, c and 2 more");
    expect(shortReason([above, above, change("build", "g", true)]))
      .toBe("load, build changed");
  });
});
