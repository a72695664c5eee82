/**
 * What the default config's steps have to do, as they are compiled: a slower
 * sampler or twice the operations show without a clock.
 *
 * @module
 */

import { expect, it, vi } from "vitest";
import type { Graph } from "../../core/engine/compile/graph.ts";
import { isProduct, workOf } from "../../core/engine/compile/work.ts";
import { describeEngine } from "../../core/engine/engine.ts";
import { MODELS, SEED_MODELS } from "./models.ts";
import { planTrial, runStage } from "./open_trial.ts";
import { randomImages } from "./random_images.ts";

const graphs: Graph[] = [];
vi.mock("../../core/engine/program/trace_spec.ts", async (original) => {
  const actual = await original<
    typeof import("../../core/engine/program/trace_spec.ts")
  >();
  return {
    traceSpec: (...args: Parameters<typeof actual.traceSpec>) => {
      const graph = actual.traceSpec(...args);
      graphs.push(graph);
      return graph;
    },
  };
});

/**
 * Operations of a step, and work beside the matrix products as a share of
 * theirs: a tenth above what they were on 2026-11-30. Beta(1,1) by its inverse CDF has
 * 1,635 operations and a share of 1.66.
 */
const MOST = {
  normal: { operations: 98, rest: 0.51 },
  gaussian12: { operations: 102, rest: 0.51 },
  beta11: { operations: 540, rest: 1.1 },
  gamma32: { operations: 216, rest: 0.73 },
} as const satisfies Readonly<Record<(typeof SEED_MODELS)[number], unknown>>;

const native = await describeEngine("native").then(() => true, () => false);

for (const name of SEED_MODELS) {
  it.skipIf(!native)(`a step of ${name}`, async () => {
    const trial = await planTrial(MODELS[name], [
      { path: ["engine"], value: "native" },
      { path: ["load_mnist", "source"], value: "synthetic" },
      { path: ["train", "epochs"], value: 1 },
    ]);
    const dataset = randomImages({ count: 128, pool: 128, side: 28 });
    const { encoder } = await runStage(trial, "build_encoder", {
      inputs: { dataset },
    });
    const { vae } = await runStage(trial, "attach_prior", {
      inputs: { encoder },
    });
    await runStage(trial, "train", { inputs: { dataset, vae } });
    const { operations, products, rest } = sum(graphs.at(-1)!);
    expect(operations).toBeLessThan(MOST[name].operations);
    expect(rest / products).toBeLessThan(MOST[name].rest);
  });
}

function sum(graph: Graph) {
  const operations = graph.nodes.filter(({ kind }) => kind === "op");
  const total = (nodes: typeof operations) =>
    nodes.reduce((all, node) => all + workOf(graph, node), 0) / 1000;
  return {
    operations: operations.length,
    products: total(operations.filter(isProduct)),
    rest: total(operations.filter((node) => !isProduct(node))),
  };
}
