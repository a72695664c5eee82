import { describe, expect, it } from "vitest";
import { explainMiss } from "../../core/pipeline/explain.ts";
import type { StageNode } from "../../core/pipeline/types.ts";
import { createProject } from "./_project.ts";

async function scaleNode() {
  const project = createProject();
  const plan = await project.plan({ factors: [1] });
  const node = [...plan.nodes.values()].find(({ stage }) =>
    stage.name === "scale"
  )!;
  return {
    node,
    explain: (before: Record<string, string>, of: StageNode = node) =>
      explainMiss(of, { ...node.fields, ...before }, project.folder),
  };
}

describe("explainMiss()", () => {
  it("calls new what has no like", async () => {
    const { node, explain } = await scaleNode();
    expect(explainMiss(node, null, "/")).toBe("new");
    expect(explain({ prior: "other" })).toBe("new");
  });

  it.each<[Record<string, string>, string]>([
    [{ "option.offset": "-1" }, "scale.offset -1 -> 0"],
    [{ "option.old": "true" }, "scale.old true -> unset"],
    [{ "prior.option.factor": "3" }, "prior factor 3 -> 1"],
    [{ "prior.version": "0.9.0" }, "prior version 0.9.0 -> 1.0.0"],
    [{ "prior.source": "x" }, "prior source changed: toy_prior.ts"],
    [{ "stage.source": "x" }, "stage source changed: scale.ts"],
    [{ "stage.version": "0" }, "stage version 0 -> 1"],
    [{ latentDim: "5" }, "latentDim 5 -> 2"],
    [{ "input.images": "x" }, "input images changed"],
    [{ "needs.numbers": "x" }, "needs numbers changed"],
    [{ "needs.numbers": "x", latentDim: "5" }, "latentDim 5 -> 2"],
    [
      { "engine.version": "1", engine: "wasm" },
      "engine version 1 -> unset, engine wasm -> unset",
    ],
    [
      {
        "option.offset": "1",
        latentDim: "5",
        "prior.version": "0",
        "prior.source": "x",
      },
      "scale.offset 1 -> 0, latentDim 5 -> 2, prior version 0 -> 1.0.0 and 1 more",
    ],
  ])("names the difference: %o", async (before, reason) => {
    const { explain } = await scaleNode();
    const parts = (text: string) => text.split(/, | and /).sort();
    if (reason.includes(" more")) {
      expect(explain(before)).toMatch(/^([^,]+, ){2}[^,]+ and 1 more$/);
    } else {
      expect(parts(explain(before))).toEqual(parts(reason));
    }
  });
});
