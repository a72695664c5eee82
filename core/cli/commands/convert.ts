/** The command `convert`. @module */

import { join, resolve } from "node:path";
import { didYouMean, quoteAll } from "../../lib/suggest.ts";
import type { Format } from "../../convert/mod.ts";
import { UserError } from "../../lib/errors.ts";
import type { Plan } from "../../pipeline/types.ts";
import { type Command, EXIT, type Flags } from "../command.ts";
import { configFlags, readText, readTexts } from "../flags.ts";
import { untilInterrupted } from "../interrupt.ts";

/** Writes what the store has of a config in the formats of other programs. */
export const convert: Command = {
  name: "convert",
  description:
    "Write results for TensorBoard, NumPy, PyTorch, TensorFlow or ONNX",
  isApart: true,
  flags: [
    ...configFlags,
    {
      form: "--to <format>",
      description:
        "csv, npy, safetensors, tensorboard, savedmodel, tfjs or onnx; several with commas, default all",
      values: "format",
    },
    {
      form: "--out <folder>",
      description:
        "Folder to write into, beside what is there; default outputs/converted/<plan>, with best weights <plan>-best",
      values: "file",
    },
    {
      form: "--weights <which>",
      description:
        "Weights of the last epoch or of the best: last (default) or best",
      values: ["last", "best"],
    },
  ],
  examples: [
    "convert",
    "convert --to tensorboard --out /tmp/board",
    "convert --to savedmodel,tfjs --weights best",
  ],
  run: async (flags, terminal) => {
    const { convertPlan, formats } = await import("../../convert/mod.ts");
    const { planFromFlags } = await import("../plan_flags.ts");
    const chosen = readFormats(flags, formats);
    const weights = readWeights(flags);
    const plan = await planFromFlags(flags, {
      onNotice: (line) => terminal.err(line),
    });
    const directory = await readFolder(flags, plan, weights);
    const trials = await untilInterrupted(
      { terminal, atEnd: "Interrupted; nothing was written" },
      (signal) =>
        convertPlan(plan, {
          formats: chosen,
          directory,
          weights,
          onNote: (note) => terminal.err(`warning: ${note}`),
          signal,
        }),
    );
    if (trials === null) return EXIT.interrupted;
    for (const trial of trials) terminal.out(join(directory, trial));
    return EXIT.done;
  },
};

async function readFolder(
  flags: Flags,
  { id, config }: Plan,
  weights: "last" | "best",
): Promise<string> {
  const out = readText(flags, "out");
  if (out === undefined) {
    // What is of the best weights does not lie among what is of the last unasked.
    const folder = weights === "last" ? id : `${id}-${weights}`;
    return join(config.outputDirectory, "converted", folder);
  }
  const { refuseMixing } = await import("../../config/mixing.ts");
  refuseMixing(resolve(out), {
    what: `Cannot convert to "${out}"`,
    project: config.baseDirectory,
    hint: `Name one with --out ${
      join(out, "converted")
    }, or leave it out: then it is in the outputs`,
  });
  return resolve(out);
}

function readFormats(
  flags: Flags,
  formats: readonly Format[],
): readonly Format[] {
  const names = readTexts(flags, "to").flatMap((text) => text.split(","));
  if (names.length === 0) return formats;
  return names.map((name) => {
    const format = formats.find((one) => one.name === name);
    if (format !== undefined) return format;
    const known = formats.map(({ name }) => name);
    const hint = didYouMean(name, known);
    throw new UserError(
      `Cannot convert to "${name}": want one of ${quoteAll(known)}`,
      hint === undefined ? {} : { hint },
    );
  });
}

function readWeights(flags: Flags): "last" | "best" {
  const text = readText(flags, "weights") ?? "last";
  if (text === "last" || text === "best") return text;
  throw new UserError(
    `Cannot read --weights: found "${text}", want "last" or "best"`,
  );
}
