/**
 * `convert`: writes results in the formats of other programs.
 *
 * @module
 */

import { join, resolve } from "node:path";
import { refuseMixing } from "../../config/mixing.ts";
import { didYouMean, quoteAll } from "../../lib/suggest.ts";
import { convertPlan, type Format, formats } from "../../convert/mod.ts";
import { UserError } from "../../lib/errors.ts";
import type { Plan } from "../../pipeline/types.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readText, readTexts } from "../flags.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { planFromFlags } from "../plan_flags.ts";

/**
 * Writes what the store has of the config that the flags name.
 *
 * @throws {UserError} for mistakes in the flags or in the config, and where
 * nothing has been trained.
 */
export async function runConvert(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const chosen = readFormats(flags);
  const weights = readWeights(flags);
  const plan = await planFromFlags(flags, {
    onNotice: (line) => terminal.err(line),
  });
  const out = readText(flags, "out");
  const directory = out === undefined
    ? join(plan.config.outputDirectory, "converted", folderOf(plan, weights))
    : resolve(out);
  if (out !== undefined) {
    refuseMixing(directory, {
      what: `Cannot convert to "${out}"`,
      project: plan.config.baseDirectory,
      hint: `Name one with --out ${
        join(out, "converted")
      }, or leave it out: then it is in the outputs`,
    });
  }
  using interrupt = listenForInterrupt(() => {});
  try {
    const runs = await convertPlan(plan, {
      formats: chosen,
      directory,
      weights,
      onNote: (note) => terminal.err(`warning: ${note}`),
      signal: interrupt.signal,
    });
    for (const run of runs) terminal.out(join(directory, run));
    return EXIT.done;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    terminal.err("Interrupted; nothing was written");
    return EXIT.interrupted;
  }
}

/** What is of the best weights does not lie among what is of the last unasked. */
function folderOf({ id }: Plan, weights: "last" | "best"): string {
  return weights === "last" ? id : `${id}-${weights}`;
}

function readFormats(flags: Flags): readonly Format[] {
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
