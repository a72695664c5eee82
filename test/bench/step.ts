/**
 * Milliseconds a training step of the reference VAE takes: 784-400-20, batch
 * 128, Adam 1e-3, 2,048 random binary images, as the peers' scripts have it.
 *
 *     tsx test/bench/step.ts PRIOR ENGINE compiled|eager [--steps n] [--threads n]
 *       [--batch n] [--hidden n] [--latent n] [--images n] [--binarization m]
 *       [--objective name]
 *
 * Prints one line of JSON: minimum and median of five blocks in wall time, the
 * processor time, memory and tensors.
 *
 * @module
 */

import { parseArgs } from "node:util";
import type { EngineName } from "../../core/engine/engine.ts";
import { createProgram } from "../../core/engine/program/create.ts";
import { uniformStream } from "../../core/engine/random.ts";
import { startEngine } from "../../core/engine/start.ts";
import { batchReader } from "../../core/vae/model/batches.ts";
import type { Binarization } from "../../core/vae/model/binarize.ts";
import { trainingProgram } from "../../core/vae/model/training_program.ts";
import * as v from "valibot";
import * as objectives from "../../plugins/objectives/mod.ts";
import { tinyModel } from "../plugins/tiny_model.ts";
import { timeBlocks } from "./blocks.ts";
import { SEED_PRIORS } from "./seed_priors.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: "string", default: "300" },
    threads: { type: "string", default: "2" },
    batch: { type: "string", default: "128" },
    hidden: { type: "string", default: "400" },
    latent: { type: "string", default: "20" },
    images: { type: "string", default: "2048" },
    binarization: { type: "string", default: "grey" },
    objective: { type: "string", default: "elbo" },
  },
});
const [priorName = "normal", engineName = "native", mode = "compiled"] =
  positionals;
const number = (
  name: "steps" | "threads" | "batch" | "hidden" | "latent" | "images",
) => Number(values[name]);
const [batchSize, hidden, latentDim] = [
  number("batch"),
  number("hidden"),
  number("latent"),
];
const inputSize = 784;
const { definition: objective } =
  objectives[values.objective as keyof typeof objectives];

await startEngine(engineName as EngineName, { threads: number("threads") });
const { model, weights } = tinyModel(SEED_PRIORS[priorName]!(), {
  latentDim,
  inputSize,
  hidden,
});
const program = createProgram(
  trainingProgram({
    model,
    objective: objective.create(v.parse(objective.options, {})),
    marginal: null,
    latentDim,
    variables: weights,
    batchSize,
    inputSize,
    binarization: values.binarization as Binarization,
    adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    clipNorm: null,
    seed: 1,
  }),
  { compile: mode === "compiled" },
);
if (mode === "compiled" && !program.execution.compiled) {
  throw new Error(program.execution.reason);
}

const uniform = uniformStream(1, 0);
const images = Uint8Array.from(
  { length: number("images") * inputSize },
  () => uniform() < 0.19 ? 255 : 0,
);
const read = batchReader(images, { size: inputSize, rows: batchSize });
let step = 0;
function run(): number {
  const start = step * batchSize;
  const indices = Array.from(
    { length: batchSize },
    (_, k) => (start + k) % number("images"),
  );
  const pixels = read(indices);
  return program.run({
    pixels,
    step: ++step,
    klWeight: 1,
    learningRate: 1e-3,
  })["loss"]![0]!;
}

console.log(JSON.stringify(timeBlocks(number("steps"), () => run())));
program.dispose();
