/** The command `list`. @module */

import { formatColumns } from "../../lib/columns.ts";
import type { SchemaLike } from "../../config/describe.ts";
import { show } from "../../lib/suggest.ts";
import { UserError } from "../../lib/errors.ts";
import type { OptionsSchema, Stage } from "../../pipeline/stage.ts";
import type { PriorDefinition } from "../../vae/plugin/prior.ts";
import { type Command, EXIT, type Terminal } from "../command.ts";
import { placeFlags, readText } from "../flags.ts";

/** Lists priors and stages with their options, or runs. */
export const list: Command = {
  name: "list",
  description: "List priors and stages with their options, or what has run",
  words: [
    {
      name: "what",
      isRequired: false,
      description: '"priors", which is what it lists by itself, or "runs"',
    },
  ],
  flags: [
    ...placeFlags,
    {
      form: "--json",
      description: "Print one JSON object, the options as JSON Schema",
    },
  ],
  examples: ["list", "list --json", "list runs"],
  run: async (flags, terminal) => {
    const { what = "priors" } = flags;
    if (what === "runs") {
      const { listRuns } = await import("../_list_runs.ts");
      return await listRuns(flags, terminal);
    }
    if (what !== "priors") {
      throw new UserError(
        `Cannot list "${what}": want "priors", with the stages, or "runs"`,
      );
    }
    const { priors, stages } = await gather(readText(flags, "config"));
    if (flags.json === true) {
      terminal.out(JSON.stringify(await toJson(priors, stages)));
      return EXIT.done;
    }
    terminal.out("Priors");
    for (const { name, version, description, options } of priors) {
      terminal.out(`  ${name} ${version}: ${description}`);
      await printOptions(options, terminal);
    }
    terminal.out("");
    terminal.out("Stages");
    for (const { name, description, inputs, outputs, options } of stages) {
      terminal.out(`  ${name}: ${description}`);
      terminal.out(
        `    needs ${listNames(inputs)}; gives ${listNames(outputs)}`,
      );
      await printOptions(options, terminal);
    }
    return EXIT.done;
  },
};

interface Listing {
  readonly priors: readonly PriorDefinition[];
  readonly stages: readonly Stage[];
}

/** What comes with the project, and what the config at hand adds. */
async function gather(file: string | undefined): Promise<Listing> {
  const { valuesOf } = await import("../../pipeline/trials.ts");
  const { loadConfigIfAny } = await import("../../config/load.ts");
  const { normaliseConfig } = await import("../../vae/normalise.ts");
  const { builtIns } = await import("../../vae/plugin/built_in.ts");
  const { priorKind } = await import("../../vae/plugin/kinds.ts");
  const { loadPlugin } = await import("../../vae/plugin/load.ts");
  const { defaultStages } = await import("../../vae/stages/mod.ts");
  const priors = new Map<string, PriorDefinition>();
  for (const { url } of builtIns(priorKind)) {
    const { definition } = await loadPlugin(priorKind, url);
    priors.set(definition.name, definition);
  }
  const source = await loadConfigIfAny(file === undefined ? {} : { file });
  if (source === null) {
    return { priors: [...priors.values()], stages: defaultStages };
  }
  const config = await normaliseConfig(source.config, {
    baseDirectory: source.baseDirectory,
    configFile: source.file,
  });
  for (const { definition } of valuesOf(config, "prior")) {
    priors.set(definition.name, definition);
  }
  return { priors: [...priors.values()], stages: config.stages };
}

async function printOptions(
  schema: OptionsSchema,
  terminal: Terminal,
): Promise<void> {
  const { describeSchema, schemaDefault, schemaDescription } = await import(
    "../../config/describe.ts"
  );
  const entries = Object.entries(
    schema.entries as unknown as Record<string, SchemaLike>,
  );
  const rows = entries.map(([name, entry]) => {
    const fallback = schemaDefault(entry);
    const words = [
      describeSchema(entry),
      fallback === undefined ? "" : `default ${show(fallback)}`,
      schemaDescription(entry) ?? "",
    ].filter((part) => part !== "");
    return [`    ${name}`, words.join("; ")];
  });
  for (const line of formatColumns(rows)) terminal.out(line);
}

async function toJson(
  priors: readonly PriorDefinition[],
  stages: readonly Stage[],
): Promise<unknown> {
  const { toJsonSchema } = await import("@valibot/to-json-schema");
  const convert = (schema: OptionsSchema) =>
    toJsonSchema(schema, { typeMode: "input", errorMode: "ignore" });
  return {
    priors: priors.map(({ name, version, description, module, options }) => ({
      name,
      version,
      description,
      module,
      options: convert(options),
    })),
    stages: stages.map((
      { name, version, description, module, inputs, outputs, params, options },
    ) => ({
      name,
      version,
      description,
      module,
      inputs,
      outputs,
      params,
      options: convert(options),
    })),
  };
}

function listNames(names: readonly string[]): string {
  return names.length === 0 ? "nothing" : names.join(", ");
}
