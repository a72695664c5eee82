import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import {
  expectTimes,
  type TimeScale,
} from "../../../core/pipeline/reason/expected_times.ts";
import type { SelectionOptions } from "../../../core/pipeline/selection.ts";
import { surveyPlan } from "../../../core/pipeline/survey.ts";
import { openStore } from "../../../core/store/open.ts";
import type { Project, ProjectConfig } from "../_open_project.ts";
import { createProject } from "../_project.ts";

/** In proportion to `numbers.count` and `total.limit`, whatever the offset; of the rest nothing is known. */
const scale: TimeScale = (_, { field, before, after }) => {
  switch (field) {
    case "option.offset":
    case "seed":
    case "prior.option.factor":
      return 1;
    case "option.count":
    case "option.limit":
      return Number(after) / Number(before);
    default:
      return null;
  }
};

/** By title, how many times as long as the last time each stage would take. */
async function expectFactors(
  project: Project,
  given?: ProjectConfig,
  selection?: SelectionOptions,
) {
  const plan = await project.plan(given);
  const store = await openStore(plan.config.storeDirectory);
  const { findings } = await surveyPlan(plan, { ...selection, store });
  const times = await expectTimes(plan, findings, { store, scale });
  return Object.fromEntries(
    [...times].map(([key, time]) => {
      const finding = findings.get(key)!;
      const ms = finding.status === "stale" ? finding.last?.ms : undefined;
      const factor = time === null ? null : Math.round(100 * time / ms!) / 100;
      return [plan.nodes.get(key)!.title, factor];
    }),
  );
}

describe("expectTimes()", () => {
  it("scales by each difference once, whichever way it comes", async () => {
    const project = createProject();
    await project.run({ factors: [1] });
    const options = { numbers: { count: 6 }, scale: { offset: 5 } };
    expect(await expectFactors(project, { factors: [1], options })).toEqual({
      "numbers": 2,
      "scale Toy(1)": 2,
      "total Toy(1)": 2,
    });
    // Of a prior that is new, by one that is not.
    expect(await expectFactors(project, { factors: [3], options })).toEqual({
      "numbers": 2,
      "scale Toy(3)": 2,
      "total Toy(3)": 2,
    });
  });

  it("says nothing where a difference may mean anything, or too much", async () => {
    const project = createProject();
    const unknown = { scale: null, total: null };
    const titled = ({ scale, total }: typeof unknown) => ({
      "scale Toy(1)": scale,
      "total Toy(1)": total,
    });
    const given = { factors: [1] };
    expect(await expectFactors(project, given)).toEqual({
      numbers: null,
      ...titled(unknown),
    });
    await project.run(given);
    const far = { ...given, options: { numbers: { count: 33 } } };
    expect(await expectFactors(project, far)).toEqual({
      numbers: null,
      ...titled(unknown),
    });
    const dimension = { ...given, latentDims: [5] };
    expect(await expectFactors(project, dimension)).toEqual(titled(unknown));
    writeFileSync(join(project.folder, "outside.txt"), "other data");
    expect(await expectFactors(project, given)).toEqual({
      numbers: null,
      ...titled(unknown),
    });
  });

  it("asks the store once for what stages share", async () => {
    const project = createProject();
    await project.run({ factors: [1, 3] });
    const plan = await project.plan({
      factors: [1, 3],
      options: { numbers: { count: 6 } },
    });
    const store = await openStore(plan.config.storeDirectory);
    const { findings } = await surveyPlan(plan, { store });
    const inspect = vi.spyOn(store, "inspect");
    await expectTimes(plan, findings, { store, scale });
    const asked = inspect.mock.calls.map(([{ key }]) => key);
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it("counts only what is left, where a stage goes on", async () => {
    const project = createProject();
    const limited = (limit: number) => ({
      factors: [1],
      options: { total: { limit } },
    });
    await project.run(limited(2));
    expect(await expectFactors(project, limited(3))).toEqual({
      "total Toy(1)": 0.5,
    });
    expect(
      await expectFactors(project, limited(3), { force: ["total"] }),
    ).toEqual({ "total Toy(1)": 1.5 });
    expect(await expectFactors(project, limited(2), { force: ["total"] }))
      .toEqual({ "total Toy(1)": 1 });
  });
});
