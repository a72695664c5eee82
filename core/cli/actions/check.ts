/**
 * `check`: the conformance kit on one prior.
 *
 * @module
 */

import { resolve } from "node:path";
import { spellSetup } from "../../lib/command_line.ts";
import { labelOf } from "../../vae/plugin/label.ts";
import { applyOverrides, parseOverride } from "../../config/overrides.ts";
import { locatePrior } from "../../vae/plugin/priors.ts";
import { readOptions } from "../../config/read_options.ts";
import { quoteAll, show } from "../../lib/suggest.ts";
import type { CheckResult } from "../../vae/conformance/mod.ts";
import { type EngineChoice, ensureEngine } from "../../engine/engine.ts";
import { messageOf, UserError } from "../../lib/errors.ts";
import { loadPrior } from "../../vae/plugin/load.ts";
import type { PriorDefinition } from "../../vae/plugin/prior.ts";
import { describeResult, describeVerdicts } from "./_check_results.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readText, readTexts } from "../flags.ts";
import { provisionNotes } from "../progress/provision_notes.ts";

/**
 * Checks the prior; the exit code says whether a check failed.
 *
 * @throws {UserError} for mistakes in the flags, and where there is no such
 * prior, or none with such options.
 */
export async function runCheck(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const { definition, url, options } = await readPrior(flags);
  const seed = readSeed(flags);
  const engine = await ensureEngine(readEngine(flags), {
    onProgress: provisionNotes({ note: (line) => terminal.err(line) }),
  });
  if (engine.fallbackReason !== undefined) {
    terminal.err(
      `On wasm, for native is not there: ${spellSetup(engine.fallbackReason)}`,
    );
  }
  const { startEngine } = await import("../../engine/start.ts");
  await startEngine(engine, { threads: 1 });

  const { createSubject, runChecks } = await import(
    "../../vae/conformance/mod.ts"
  );
  const label = labelOf(definition, options);
  const isJson = flags.json === true;
  if (!isJson) terminal.out(`${label} on ${engine.name}\n`);
  const results: CheckResult[] = [];
  for (
    const result of runChecks(createSubject(definition, { options, url, seed }))
  ) {
    results.push(result);
    if (isJson) continue;
    for (const line of describeResult(result)) terminal.out(line, "colored");
  }
  const passed = results.every(({ verdict }) => verdict !== "fail");
  terminal.out(
    isJson
      ? JSON.stringify({
        prior: { name: definition.name, version: definition.version, label },
        options,
        module: url,
        engine: { name: engine.name, version: engine.version },
        seed,
        passed,
        checks: results,
      })
      : `\n${describeVerdicts(results)}`,
  );
  return passed ? EXIT.done : EXIT.failed;
}

interface ChosenPrior {
  readonly definition: PriorDefinition;
  readonly url: string;
  readonly options: Readonly<Record<string, unknown>>;
}

async function readPrior(flags: Flags): Promise<ChosenPrior> {
  const url = locatePrior(readText(flags, "plugin") ?? "", {
    where: "the command line",
    baseDirectory: resolve("."),
  });
  const { definition } = await loadPrior(url);
  const given = applyOverrides(
    readJson(readText(flags, "values") ?? "{}"),
    readTexts(flags, "set").map((text) => parseOverride(text)),
  );
  const options = readOptions(definition.options, given, {
    path: definition.name,
    owner: `prior "${definition.name}"`,
  });
  return { definition, url, options };
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError(
      `Cannot read the options ${show(text)}: ${messageOf(cause)}`,
      { hint: `Quote them for the shell: '{"scale": 2}'`, cause },
    );
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new UserError(
    `Cannot read the options ${show(text)}: want a JSON object`,
    { hint: `For instance '{"scale": 2}'` },
  );
}

const ENGINES: readonly EngineChoice[] = ["auto", "native", "wasm", "cpu"];

function readEngine(flags: Flags): EngineChoice {
  const name = readText(flags, "engine") ?? "auto";
  const engine = ENGINES.find((choice) => choice === name);
  if (engine !== undefined) return engine;
  throw new UserError(
    `Cannot read --engine: found "${name}", want one of ${quoteAll(ENGINES)}`,
  );
}

function readSeed(flags: Flags): number {
  const text = readText(flags, "seed") ?? "0";
  const seed = Number(text);
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) return seed;
  throw new UserError(
    `Cannot read --seed: found "${text}", want a whole number from 0 to 4294967295`,
  );
}
