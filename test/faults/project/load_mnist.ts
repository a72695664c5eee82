import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { defineStage, v } from "vae-priors";
import { bytes } from "./draws.ts";

const SIZE = 28;

/** Images drawn from the numbers in a file. */
export default defineStage({
  name: "load_mnist",
  version: 1,
  module: import.meta.url,
  description: "For the fault harness",
  inputs: [],
  outputs: ["dataset"],
  params: [],
  options: v.strictObject({ file: v.optional(v.string(), "numbers.txt") }),
  externalFiles: async ({ file }, { baseDirectory, digest }) => ({
    numbers: await digest(join(baseDirectory, file)),
  }),
  async run(_, { file }, { baseDirectory }) {
    const text = await readFile(join(baseDirectory, file), "utf8");
    const numbers = text.trim().split(/\s+/).map(Number);
    const draw = (seed: number) => ({
      count: numbers.length,
      images: bytes(seed + numbers[0]!, numbers.length * SIZE * SIZE),
      labels: Uint8Array.from(numbers),
    });
    return {
      dataset: {
        name: "numbers",
        source: file,
        synthetic: true,
        height: SIZE,
        width: SIZE,
        train: draw(1),
        test: draw(2),
      },
    };
  },
});
