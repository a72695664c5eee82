import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defineStage, v } from "vae-priors";
import { floats } from "./draws.ts";

const COUNT = 4;

/** Images, and files of the stage's own in a folder of theirs. */
export default defineStage({
  name: "sample",
  version: 1,
  module: import.meta.url,
  description: "For the fault harness",
  inputs: ["dataset", "training"],
  outputs: ["samples"],
  params: ["prior", "latentDim", "seed"],
  options: v.strictObject({}),
  async run({ dataset, training }, _, context) {
    const { height, width } = dataset;
    const { seed, directory, latentDim } = context;
    const batch = (offset: number) => ({
      count: COUNT,
      height,
      width,
      pixels: floats(seed + offset, COUNT * height * width),
    });
    const latents = floats(seed, COUNT * latentDim);
    await mkdir(join(directory, "latents"));
    await writeFile(join(directory, "latents", "first.bin"), latents);
    await writeFile(
      join(directory, "latents", "loss.txt"),
      String(training.epochs.at(-1)!.loss),
    );
    return {
      samples: {
        generated: batch(1),
        latents,
        originals: batch(2),
        reconstructions: batch(3),
      },
    };
  },
});
