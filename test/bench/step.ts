/**
 * Milliseconds that a training step of the stage `train` takes: the default
 * config's, or of a larger network's, on 2,048 random images as the peers'
 * scripts have them. All but the images is what a run does, batches drawn
 * anew, rates, sums and records of epochs included.
 *
 *     tsx test/bench/step.ts MODEL [--set key=value ...] [--steps n]
 *       [--images n] [--side n]
 *
 * MODEL is a name of models.ts. Prints one line of JSON, a {@link StepTiming}.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { parseOverride } from "../../core/config/overrides.ts";
import type { KeyFields } from "../../core/pipeline/types.ts";
import { blockTimer, type Timing } from "./blocks.ts";
import { type ModelName, MODELS, type TimedModel } from "./models.ts";
import { planTrial, runStage } from "./open_trial.ts";
import { randomImages } from "./random_images.ts";

/** What is printed. */
export interface StepTiming extends Timing {
  /** What was timed, after validation: prior, network, options of `train`. */
  readonly trial: KeyFields;
  /** Of the training that a run of this config has, if for more epochs. */
  readonly key: string;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    set: { type: "string", multiple: true, default: [] },
    steps: { type: "string", default: "300" },
    images: { type: "string", default: "2048" },
    side: { type: "string", default: "28" },
  },
});
const [name = "normal"] = positionals;
const model: TimedModel = MODELS[name as ModelName];
const [wanted, imageCount, side] = [values.steps, values.images, values.side]
  .map(Number) as [number, number, number];
const set = values.set.map((text) => parseOverride(text));

const { node } = await planTrial(model, set);
const { key } = node("train");
const { batchSize } = node("train").options as { batchSize: number };
// An epoch is a block, and no longer than one of MNIST.
const BLOCKS = 5;
const MNIST = 60_000;
const each = Math.max(
  1,
  Math.min(Math.floor(wanted / BLOCKS), Math.floor(MNIST / batchSize)),
);
const trial = await planTrial(model, [
  ...set,
  { path: ["train", "epochs"], value: 1 + Math.ceil(wanted / each) },
  // The peers' rate does not fall; whether it does costs nothing.
  { path: ["train", "schedule"], value: "constant" },
  { path: ["load_mnist", "source"], value: "synthetic" },
]);
const dataset = randomImages({
  count: each * batchSize,
  pool: imageCount,
  side,
});
const { encoder } = await runStage(trial, "build_encoder", {
  inputs: { dataset },
});
const { vae } = await runStage(trial, "attach_prior", { inputs: { encoder } });
const timer = blockTimer(each);
await runStage(trial, "train", {
  inputs: { dataset, vae },
  log: ({ loss }) => timer.block(loss as number),
});
const timing: StepTiming = {
  ...timer.timing(),
  trial: settings(trial.node("train").fields),
  key,
};
console.log(JSON.stringify(timing));

/** The fields of a key that people set. */
function settings(fields: KeyFields): KeyFields {
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) =>
      /^(?:option|prior|network|likelihood|objective|latentDim|engine$)/.test(
        name,
      ) && !/(?:source|version|module)$/.test(name)
    ),
  );
}
