/** The command `convert`. @module */

import type { Command } from "../command.ts";
import { configFlags } from "../flags.ts";

/** Writes results for other programs. */
export const convert: Command = {
  name: "convert",
  description: "Write results for TensorBoard, NumPy, PyTorch or TensorFlow",
  isApart: true,
  flags: [
    ...configFlags,
    {
      form: "--to <format>",
      description:
        "csv, npy, safetensors, tensorboard, savedmodel or tfjs; several with commas, default all",
    },
    {
      form: "--out <folder>",
      description:
        "Folder to write into, beside what is there; default outputs/converted/<plan>, with best weights <plan>-best",
    },
    {
      form: "--weights <which>",
      description: "last (default) or best, of the epochs",
    },
  ],
  examples: [
    "convert",
    "convert --to tensorboard --out /tmp/board",
    "convert --to savedmodel,tfjs --weights best",
  ],
  run: async (flags, terminal) => {
    const { runConvert } = await import("../actions/convert.ts");
    return await runConvert(flags, terminal);
  },
};
