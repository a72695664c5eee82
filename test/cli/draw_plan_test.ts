import { expect, test } from "vitest";
import type { Finding } from "../../core/pipeline/survey.ts";
import {
  planToDot,
  planToJson,
  planToMermaid,
} from "../../core/cli/_draw_plan.ts";
import { cached, fakePlan, stale } from "./fake_plan.ts";

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
    trials: [{ id: "fake", prior: "fake", nodes: ["t", "s"] }],
  });
});

test("a plan can be drawn with the state of its stages", async () => {
  const plan = await fakePlan();
  const findings = new Map<string, Finding>([["t", cached], ["s", stale]]);
  const mermaid = planToMermaid(plan, findings).split("\n");
  expect(mermaid).toContain('  n0["train #quot;Fake#quot;"]:::cached');
  expect(mermaid).toContain('  n1["sample #quot;Fake#quot;"]:::stale');
  expect(mermaid).toContain("  classDef cached stroke-dasharray:4 3");
  const dot = planToDot(plan, findings);
  expect(dot).toContain(
    'n0 [label="train \\"Fake\\"" style=dashed tooltip="cached"]',
  );
  expect(dot).toContain('style=bold tooltip="stale"]');
  expect(JSON.parse(planToJson(plan, findings)).nodes).toMatchObject([
    { stage: "train", status: "cached", reason: "unchanged" },
    { stage: "sample", status: "stale", reason: "new" },
  ]);
});
