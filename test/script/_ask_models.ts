/**
 * Opens a run as a script does, and prints what its models answer as one line of
 * JSON:
 *
 *     tsx _ask_models.ts PATH OPTIONS
 *
 * In a process of its own, since plugins in files are loaded by Node and not by
 * the test runner.
 *
 * @module
 */

import { argv } from "node:process";
import { openRun, type OpenRunOptions, type Samples } from "../../core/mod.ts";
import type { Dataset } from "../../datasets/mod.ts";
import { readRecord, stagesOf } from "../../core/runs/record.ts";
import { openStore } from "../../core/store/open.ts";

/** What is printed. */
export interface Answers {
  readonly id: string;
  readonly names: readonly string[];
  /** By label. */
  readonly trials: Readonly<Record<string, Answer>>;
}

/** Of one model; differences are the largest of all numbers. */
interface Answer {
  readonly engine: string;
  readonly sizes: Readonly<Record<string, unknown>>;
  /** From the run's own artifacts. */
  readonly latents: number;
  readonly generated: number;
  readonly reconstructions: number;
  readonly bytes: number;
  /** Reconstructions by encode and decode. */
  readonly byHand: number;
  /** One image alone, and the last of more than a batch. */
  readonly alone: number;
  readonly last: number;
  readonly parameters: Readonly<Record<string, number>>;
  /** Mean over the images, and that of the record. */
  readonly nll: number;
  readonly figure: { readonly value: number; readonly error: number | null };
  readonly otherSeed: number;
}

const [, , path = "", options = "{}"] = argv;
const run = await openRun(path, JSON.parse(options) as OpenRunOptions);
const store = await openStore(`${run.directory}/../../store`);
const record = await readRecord(`${run.directory}/record.json`);
const trials: Record<string, Answer> = {};
for (const trial of run.trials) {
  const recorded = record.trials.find(({ id }) => id === trial.id)!;
  const read = async <T>(stage: string, name: string) => {
    const { key } = stagesOf(record, recorded)
      .find((one) => one.name === stage)!;
    return (await store.read({ stage, key }))[name] as T;
  };
  const samples = await read<Samples>("sample", "samples");
  const { test } = await read<Dataset>("load_mnist", "dataset");
  const model = await trial.model();
  const { generated, originals, reconstructions } = samples;
  const size = originals.pixels.length / originals.count;
  const drawn = await model.sample(generated.count);
  const redrawn = await model.reconstruct(originals.pixels);
  const { mean, parameters } = await model.encode(originals.pixels);
  const many = new Float32Array(300 * size);
  for (let i = 0; i < 300; i++) {
    const image = i % originals.count * size;
    many.set(originals.pixels.subarray(image, image + size), i * size);
  }
  const all = await model.reconstruct(many);
  const likelihoods = await model.logLikelihood(
    test.images.subarray(0, 10 * size),
    { samples: 30 },
  );
  trials[trial.label] = {
    engine: model.engine.name,
    sizes: {
      image: model.image,
      latentDim: model.latentDim,
      latentWidth: model.latentWidth,
      head: model.head,
      pixels: model.pixels,
    },
    latents: apart(drawn.latents, samples.latents),
    generated: apart(drawn.images, generated.pixels),
    reconstructions: apart(redrawn, reconstructions.pixels),
    bytes: apart(
      await model.reconstruct(test.images.subarray(0, originals.pixels.length)),
      redrawn,
    ),
    byHand: apart(await model.decode(mean), redrawn),
    alone: apart(
      await model.reconstruct(originals.pixels.subarray(0, size)),
      redrawn.subarray(0, size),
    ),
    last: apart(
      all.subarray(299 * size),
      redrawn.subarray(299 % originals.count * size).subarray(0, size),
    ),
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, { length }]) => [
        name,
        length / originals.count,
      ]),
    ),
    nll: -likelihoods.reduce((a, b) => a + b) / likelihoods.length,
    figure: trial.figures["nll"]!,
    otherSeed: apart(
      (await model.sample(generated.count, { seed: 3 })).latents,
      samples.latents,
    ),
  };
}
run.dispose();
const answers: Answers = {
  id: run.id,
  names: run.trials.map(({ id }) => id),
  trials,
};
console.log(JSON.stringify(answers));

/** The largest difference; Infinity for other lengths. */
function apart(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - b[i]!)),
    0,
  );
}
