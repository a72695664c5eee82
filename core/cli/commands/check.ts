/** The command `check`. @module */

import { resolve } from "node:path";
import { spellSetup } from "../../lib/command_line.ts";
import { applyOverrides, parseOverride } from "../../config/overrides.ts";
import { quoteAll, show } from "../../lib/suggest.ts";
import type { CheckResult } from "../../vae/conformance/mod.ts";
import type { EngineChoice } from "../../engine/engine.ts";
import { messageOf, UserError } from "../../lib/errors.ts";
import { type Command, EXIT, type Flags } from "../command.ts";
import { jsonFlag, readText, readTexts } from "../flags.ts";

/** Checks a prior by the conformance kit; exit 1 where a check fails. */
export const check: Command = {
  name: "check",
  description:
    "Check a prior: shapes, gradients, KL, densities, sampler; exit 1 where one fails",
  isApart: true,
  words: [
    {
      name: "plugin",
      isRequired: true,
      description: "a prior, by name, path or package",
    },
    {
      name: "values",
      isRequired: false,
      description: "options of the prior as a JSON object",
    },
  ],
  flags: [
    {
      form: "--set <name=value>",
      description: "Set one option of the prior; may be repeated",
    },
    { form: "--engine <engine>", description: "auto, native, wasm or cpu" },
    { form: "--seed <n>", description: "Seed of all draws; default 0" },
    jsonFlag,
  ],
  examples: [
    "check beta",
    "check ./my_prior.ts --set scale=0.5 --engine wasm",
    `check gamma '{"concentration": 0.3, "rate": 0.3}' --json`,
  ],
  run: async (flags, terminal) => {
    const { priorKind } = await import("../../vae/plugin/kinds.ts");
    const { labelOf } = await import("../../vae/plugin/label.ts");
    const { ensureEngine } = await import("../../engine/engine.ts");
    const { provisionNotes } = await import("../progress/provision_notes.ts");
    const { describeResult, describeVerdicts } = await import(
      "../_check_results.ts"
    );
    const { definition, url, options } = await readPrior(flags);
    const seed = readSeed(flags);
    const engine = await ensureEngine(readEngine(flags), {
      onProgress: provisionNotes({ note: (line) => terminal.err(line) }),
    });
    if (engine.fallbackReason !== undefined) {
      terminal.err(
        `On wasm, for native is not there: ${
          spellSetup(engine.fallbackReason)
        }`,
      );
    }
    const { startEngine } = await import("../../engine/start.ts");
    await startEngine(engine, { threads: 1 });

    const { createSubject, runChecks } = await import(
      "../../vae/conformance/mod.ts"
    );
    const label = labelOf(priorKind, { definition, options });
    const isJson = flags.json === true;
    if (!isJson) terminal.out(`${label} on ${engine.name}\n`);
    const results: CheckResult[] = [];
    for (
      const result of runChecks(
        createSubject({ definition, options }, { url, seed }),
      )
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
  },
};

async function readPrior(flags: Flags) {
  const { locatePlugin } = await import("../../vae/plugin/entries.ts");
  const { priorKind } = await import("../../vae/plugin/kinds.ts");
  const { readOptions } = await import("../../config/read_options.ts");
  const { loadPlugin } = await import("../../vae/plugin/load.ts");
  const url = locatePlugin(priorKind, readText(flags, "plugin") ?? "", {
    where: "the command line",
    baseDirectory: resolve("."),
  });
  const { definition } = await loadPlugin(priorKind, url);
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
