/** The command `check`. @module */

import { resolve } from "node:path";
import { spellCommands } from "../../lib/command_line.ts";
import { applyOverrides, parseOverride } from "../../config/overrides.ts";
import { quoteAll, show } from "../../lib/suggest.ts";
import type { CheckResult } from "../../vae/conformance/mod.ts";
import type { PluginKind } from "../../vae/plugin/kind.ts";
import type { EngineChoice } from "../../engine/engine.ts";
import { messageOf, UserError } from "../../lib/errors.ts";
import { type Command, EXIT, type Flags } from "../command.ts";
import { jsonFlag, readText, readTexts } from "../flags.ts";

/** Checks a plugin by the conformance kit; exit 1 where a check fails. */
export const check: Command = {
  name: "check",
  description:
    "Check a plugin: a prior, network, likelihood or objective; exit 1 where a check fails",
  isApart: true,
  words: [
    {
      name: "plugin",
      isRequired: true,
      description: "a plugin, by name, path or package",
      values: "plugin",
    },
    {
      name: "values",
      isRequired: false,
      description: "options of the plugin as a JSON object",
    },
  ],
  flags: [
    {
      form: "--set <name=value>",
      description: "Set one option of the plugin; may be repeated",
    },
    {
      form: "--kind <kind>",
      description:
        "prior, network, likelihood or objective, where a name is that of several",
      values: "kind",
    },
    { form: "--engine <engine>", description: "auto, native, wasm or cpu" },
    { form: "--seed <n>", description: "Seed of all draws; default 0" },
    jsonFlag,
  ],
  examples: [
    "check beta",
    "check mlp --set activation=gelu",
    "check ./my_prior.ts --set scale=0.5 --engine wasm",
    `check gamma '{"concentration": 0.3, "rate": 0.3}' --json`,
  ],
  run: async (flags, terminal) => {
    const { labelOf } = await import("../../vae/plugin/label.ts");
    const { kitOf, runChecks } = await import(
      "../../vae/conformance/mod.ts"
    );
    const { ensureEngine } = await import("../../engine/engine.ts");
    const { provisionNotes } = await import("../progress/provision_notes.ts");
    const { describeResult, describeVerdicts } = await import(
      "../_check_results.ts"
    );
    const { kind, definition, url, options, others } = await readPlugin(flags);
    const kit = kitOf(kind);
    const seed = readSeed(flags);
    const engine = await ensureEngine(readEngine(flags), {
      onProgress: provisionNotes({ note: (line) => terminal.err(line) }),
    });
    if (engine.fallbackReason !== undefined) {
      terminal.err(
        `On wasm, for native is not there: ${
          spellCommands(engine.fallbackReason)
        }`,
      );
    }
    const { startEngine } = await import("../../engine/start.ts");
    await startEngine(engine, { threads: 1 });

    for (const other of others) {
      terminal.err(
        `${definition.name} is a ${other.name}, too: check it with --kind ${other.name}`,
      );
    }
    const label = labelOf(kind, { definition, options });
    const isJson = flags.json === true;
    if (!isJson) terminal.out(`${label} on ${engine.name}\n`);
    const results: CheckResult[] = [];
    for (
      const result of runChecks(
        kit,
        kit.subject({ definition, options }, { url, seed }),
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
          kind: kind.name,
          [kind.name]: {
            name: definition.name,
            version: definition.version,
            label,
          },
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

async function readPlugin(flags: Flags) {
  const { readOptions } = await import("../../config/read_options.ts");
  const { findPlugin } = await import("../../vae/plugin/find_plugin.ts");
  const found = await findPlugin(readText(flags, "plugin") ?? "", {
    where: "the command line",
    baseDirectory: resolve("."),
  }, await readKind(flags));
  const { kind, definition } = found;
  const given = applyOverrides(
    readJson(readText(flags, "values") ?? "{}"),
    readTexts(flags, "set").map((text) => parseOverride(text)),
  );
  const options = readOptions(definition.options, given, {
    path: definition.name,
    owner: `${kind.name} "${definition.name}"`,
  });
  return { ...found, options };
}

async function readKind(flags: Flags): Promise<PluginKind | undefined> {
  const text = readText(flags, "kind");
  if (text === undefined) return undefined;
  const { pluginKinds } = await import("../../vae/axes.ts");
  const kind = pluginKinds.find(({ name }) => name === text);
  if (kind !== undefined) return kind;
  throw new UserError(
    `Cannot read --kind: found "${text}", want one of ${
      quoteAll(pluginKinds.map(({ name }) => name))
    }`,
  );
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
