import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { defineStage, type EpochRecord, v } from "vae-priors";

/** Adds up in epochs, with a checkpoint after each, as a training does. */
export default defineStage({
  name: "train",
  version: 1,
  module: import.meta.url,
  description: "For the fault harness",
  inputs: ["dataset", "vae"],
  outputs: ["training"],
  params: ["prior", "latentDim", "seed"],
  options: v.strictObject({
    epochs: v.optional(v.number(), 5),
    epochMs: v.optional(v.number(), 5),
  }),
  async run({ dataset, vae }, { epochs, epochMs }, context) {
    const done = (await context.checkpoint.load() ?? []) as EpochRecord[];
    while (done.length < epochs) {
      const record = runEpoch(dataset.train.labels, done);
      await pause(epochMs);
      context.log({ ...record });
      done.push(record);
      await context.checkpoint.save(done);
      context.progress(done.length, epochs);
      context.signal.throwIfAborted();
    }
    await writeFile(
      join(context.directory, "history.json"),
      JSON.stringify(done),
    );
    const { data, shape } = vae.weights["encoder/0/kernel"]!;
    const { loss } = done.at(-1)!;
    const moved = Float32Array.from(data, (value) => value * loss);
    const weights = { "encoder/0/kernel": { shape, data: moved } };
    return {
      training: {
        architecture: vae.architecture,
        weights,
        best: weights,
        bestEpoch: epochs,
        epochs: done,
        steps: epochs,
        pixels: "binary" as const,
        binarization: "dynamic" as const,
        execution: { compiled: false },
      },
    };
  },
});

function runEpoch(
  labels: Uint8Array,
  before: readonly EpochRecord[],
): EpochRecord {
  const last = before.at(-1)?.loss ?? 1;
  const loss = labels.reduce((sum, label) => sum * 0.9 + label / 100, last);
  const epoch = before.length + 1;
  return {
    epoch,
    step: epoch,
    loss,
    reconstruction: loss / 2,
    kl: loss / 2,
    learningRate: 0.001,
    klWeight: 1,
  };
}
