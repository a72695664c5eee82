import { expect, test } from "vitest";
import {
  describeFindings,
  findingsJson,
} from "../../../core/cli/actions/_findings.ts";
import {
  planToDot,
  planToJson,
  planToMermaid,
} from "../../../core/cli/actions/graph.ts";
import { cached, fakePlan } from "../fake_plan.ts";

test("a plan is drawn with its artifacts on the edges", async () => {
  const plan = await fakePlan();
  expect(planToMermaid(plan)).toBe([
    "flowchart LR",
    '  n0["train #quot;Fake#quot;"]',
    '  n1["sample #quot;Fake#quot;"]',
    "  n0 -->|training| n1",
  ].join("\n"));
  expect(planToDot(plan)).toContain('n0 [label="train \\"Fake\\""];');
  expect(planToDot(plan)).toContain('n0 -> n1 [label="training"];');
  expect(JSON.parse(planToJson(plan))).toMatchObject({
    id: "default-12345678",
    nodes: [{ key: "t", stage: "train" }, { inputs: { training: "t" } }],
    runs: [{ id: "fake", prior: "fake", nodes: ["t", "s"] }],
  });
});

test("findings are told stage by stage", async () => {
  const plan = await fakePlan();
  const findings = new Map([
    ["t", cached],
    ["s", { status: "run" as const, reason: "new", forced: false }],
  ]);
  expect(describeFindings(plan, { findings, warnings: [] })).toEqual([
    "Fake(1,x)",
    "  train   cached  (took 1.5 s)",
    "  sample  stale   new",
  ]);
  expect(findingsJson(plan, { findings, warnings: [] })).toEqual({
    run: "default-12345678",
    engine: { name: "cpu", version: "test 1" },
    stale: 1,
    runs: [{
      id: "fake",
      label: "Fake(1,x)",
      stages: [
        { name: "train", status: "cached", reason: "unchanged" },
        { name: "sample", status: "stale", reason: "new" },
      ],
    }],
  });
});
