/** The stage `explore` on a small data set. @module */

import * as v from "valibot";
import type { PriorReference } from "../../../core/mod.ts";
import type { Exploration } from "../../../core/vae/latent/exploration.ts";
import type { Training, Vae } from "../../../core/vae/model/artifacts.ts";
import attachPrior from "../../../core/vae/stages/attach_prior.ts";
import buildEncoder from "../../../core/vae/stages/build_encoder.ts";
import exploreStage from "../../../core/vae/stages/explore.ts";
import type { Dataset } from "../../../datasets/mod.ts";
import { mlp } from "../../../plugins/networks/mod.ts";
import { fakeContext, type FakeContextOptions } from "./fake_context.ts";

/** Bars at one of four places. */
function bars(count: number) {
  const images = new Uint8Array(count * 16);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = (i * 7) % 4;
    for (let k = 0; k < 4; k++) images[i * 16 + labels[i]! * 4 + k] = 240;
  }
  return { count, images, labels };
}

const dataset: Dataset = {
  name: "bars",
  source: "a test",
  synthetic: true,
  height: 4,
  width: 4,
  train: bars(8),
  test: bars(60),
};

/** A model as it was before training. */
async function untrained(options: FakeContextOptions): Promise<Training> {
  const { encoder } = await buildEncoder.run(
    { dataset },
    {},
    fakeContext({ network: mlp({ hidden: [12] }), ...options }).context,
  );
  const { vae } = await attachPrior.run(
    { encoder },
    {},
    fakeContext({ network: mlp({ hidden: [12] }), ...options }).context,
  );
  const { architecture, weights } = vae as Vae;
  return {
    architecture,
    weights,
    best: weights,
    bestEpoch: 1,
    epochs: [],
    steps: 0,
    pixels: "binary",
    binarization: "dynamic",
    execution: { compiled: false },
  };
}

/** What the stage gives of a model before training. */
export async function explore(
  prior: PriorReference,
  { latentDim = 2, draws = 3000, ...parts }:
    & Pick<FakeContextOptions, "latentDim" | "network" | "likelihood">
    & { readonly draws?: number } = {},
): Promise<Exploration> {
  const { exploration } = await exploreStage.run(
    { dataset, training: await untrained({ prior, latentDim, ...parts }) },
    v.parse(exploreStage.options, { draws }),
    fakeContext({ prior, latentDim, ...parts }).context,
  );
  return exploration as Exploration;
}
