import { expect, it } from "vitest";
import { estimateTime } from "../../../core/pipeline/reason/estimate.ts";
import { createProject } from "../_project.ts";

/** Of a plan with two runs that share `numbers`, stages that take so long. */
async function estimate(
  ms: Readonly<Record<string, number | null>>,
  workers: number,
) {
  const plan = await createProject().plan();
  const times = new Map(
    [...plan.nodes.values()].flatMap(({ key, title }) =>
      title in ms ? [[key, ms[title]!] as const] : []
    ),
  );
  return estimateTime(plan, times, workers);
}

it("counts what would run, along what waits for what", async () => {
  const all = {
    "numbers": 10,
    "scale Toy(1)": 1,
    "scale Toy(2)": 2,
    "total Toy(1)": 30,
    "total Toy(2)": 40,
  };
  expect(await estimate(all, 1)).toEqual({ work: 83, wall: 83, unknown: 0 });
  expect(await estimate(all, 2)).toEqual({ work: 83, wall: 52, unknown: 0 });
  expect(await estimate(all, 8)).toEqual({ work: 83, wall: 52, unknown: 0 });
});

it("takes what is cached for done, and what is unknown for nothing", async () => {
  expect(await estimate({}, 2)).toEqual({ work: 0, wall: 0, unknown: 0 });
  const some = { "total Toy(1)": 30, "total Toy(2)": null };
  expect(await estimate(some, 2)).toEqual({ work: 30, wall: 30, unknown: 1 });
});
