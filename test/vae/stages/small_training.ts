/** A training of milliseconds. @module */

import * as v from "valibot";
import type { Training, Vae } from "../../../core/vae/model/artifacts.ts";
import attachPrior from "../../../core/vae/stages/attach_prior.ts";
import buildEncoder from "../../../core/vae/stages/build_encoder.ts";
import trainStage from "../../../core/vae/stages/train.ts";
import type { Dataset } from "../../../datasets/mod.ts";
import { fakeContext, type FakeContextOptions } from "./fake_context.ts";
import { mlp } from "../../../plugins/networks/mod.ts";

/** Bars at one of four places: something that can be learnt in seconds. */
function bars(count: number) {
  const images = new Uint8Array(count * 16);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = (i * 7) % 4;
    for (let k = 0; k < 4; k++) images[i * 16 + labels[i]! * 4 + k] = 240;
  }
  return { count, images, labels };
}

/** 200 images to train on. */
export const dataset: Dataset = {
  name: "bars",
  source: "a test",
  synthetic: true,
  height: 4,
  width: 4,
  train: bars(200),
  test: bars(50),
};

/** What a model is trained on, and its hidden layers. */
export interface SmallJob {
  readonly dataset: Dataset;
  readonly hidden: readonly number[];
}

const BARS: SmallJob = { dataset, hidden: [12] };

/** An untrained model. */
export async function model(
  options: FakeContextOptions = {},
  { dataset, hidden }: SmallJob = BARS,
): Promise<Vae> {
  const { encoder } = await buildEncoder.run(
    { dataset },
    {},
    fakeContext({ network: mlp({ hidden: [...hidden] }), ...options }).context,
  );
  const { vae } = await attachPrior.run(
    { encoder },
    {},
    fakeContext({ network: mlp({ hidden: [...hidden] }), ...options }).context,
  );
  return vae as Vae;
}

/** 40 steps. */
export const OPTIONS = { epochs: 4, batchSize: 20, learningRate: 0.02 };

/** Runs the stage `train`. */
export async function train(
  options: Record<string, unknown> = OPTIONS,
  context: FakeContextOptions = {},
  job: SmallJob = BARS,
) {
  const network = mlp({ hidden: [...job.hidden] });
  const { context: lent, heard } = fakeContext({ network, ...context });
  const { training } = await trainStage.run(
    { dataset: job.dataset, vae: await model(context, job) },
    v.parse(trainStage.options, options),
    lent,
  );
  const { directory } = lent;
  return { training: training as Training, heard, directory };
}
