import { describe, expect, test } from "vitest";
import { describeFindings, findingsJson } from "../../core/cli/_findings.ts";
import type { Finding } from "../../core/pipeline/survey.ts";
import type { Plan } from "../../core/pipeline/types.ts";
import { cached, fakePlan, stale } from "./fake_plan.ts";

/** As many trials, each with nodes of its own, as there are findings for `sample`. */
async function manyRuns(samples: readonly Finding[]) {
  const plan = await fakePlan();
  const [trial] = plan.trials;
  const sample = plan.nodes.get("s")!;
  const nodes = new Map(plan.nodes);
  const findings = new Map<string, Finding>([["t", cached]]);
  const trials = samples.map((finding, index) => {
    const key = `s${index}`;
    nodes.set(key, { ...sample, key });
    findings.set(key, finding);
    return {
      ...trial!,
      id: `r${index}`,
      label: `R${index}`,
      nodes: ["t", key],
    };
  });
  const many: Plan = { ...plan, nodes, trials };
  return { plan: many, survey: { findings, warnings: [] } };
}

describe("findings", () => {
  test("are told stage by stage, with the time it took", async () => {
    const { plan, survey } = await manyRuns([stale]);
    expect(describeFindings(plan, survey)).toEqual([
      "R0",
      "  train   cached  (took 1.5 s)",
      "  sample  stale   new (last took 41 s)",
    ]);
    expect(findingsJson(plan, survey)).toEqual({
      run: "default-12345678",
      engine: { name: "cpu", version: "test 1" },
      stale: 1,
      trials: [{
        id: "r0",
        label: "R0",
        stages: [
          { name: "train", status: "cached", reason: "unchanged", ms: 1500 },
          { name: "sample", status: "stale", reason: "new", ms: 41_000 },
        ],
      }],
    });
  });

  test("of trials that are alike are told once", async () => {
    const slow = { ...stale, last: { ...stale.last!, ms: 62_000 } };
    const skipped = { status: "skipped", reason: "not asked for" } as const;
    const { plan, survey } = await manyRuns([
      stale,
      cached,
      slow,
      stale,
      skipped,
      stale,
      stale,
    ]);
    expect(describeFindings(plan, survey)).toEqual([
      "R0, R2, R3 and 2 more",
      "  train   cached  (took 1.5 s)",
      "  sample  stale   new (last took 41 s to 1:02 min)",
      "R1: all 2 stages cached",
      "R4",
      "  train   cached  (took 1.5 s)",
      "  sample  skipped not asked for",
    ]);
    const trials = plan.trials.slice(1, 2);
    expect(describeFindings(plan, survey, { trials }))
      .toEqual(["R1: all 2 stages cached"]);
    expect(findingsJson(plan, survey, { trials }).trials.map(({ id }) => id))
      .toEqual(["r1"]);
  });

  test("fit a narrow terminal", async () => {
    const reason = "prior beta: plugins/beta.ts changed: +3 -1, seed 0 -> 1";
    const { plan, survey } = await manyRuns([{ ...stale, reason }]);
    const lines = describeFindings(plan, survey, { width: 50 });
    expect(lines.slice(2)).toEqual([
      "  sample  stale   prior beta: plugins/beta.ts",
      "                  changed: +3 -1, seed 0 -> 1",
      "                  (last took 41 s)",
    ]);
  });
});
