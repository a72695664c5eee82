/**
 * `list`: priors and stages with their options, read off their schemas.
 *
 * @module
 */

import { valuesOf } from "../../pipeline/trials.ts";
import { formatColumns } from "../../lib/columns.ts";
import {
  describeSchema,
  schemaDefault,
  schemaDescription,
  type SchemaLike,
} from "../../config/describe.ts";
import { loadConfigIfAny } from "../../config/load.ts";
import { normaliseConfig } from "../../vae/normalise.ts";
import { show } from "../../lib/suggest.ts";
import type { Stage } from "../../pipeline/stage.ts";
import { builtInPriors } from "../../vae/plugin/built_in.ts";
import { loadPrior } from "../../vae/plugin/load.ts";
import type { OptionsSchema, PriorDefinition } from "../../vae/plugin/prior.ts";
import { defaultStages } from "../../vae/stages/mod.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readText } from "../flags.ts";

/**
 * Prints what there is to put into a config: what comes with the project, and
 * what the config at hand adds.
 *
 * @throws {UserError} where a config that is named, or found, has mistakes.
 */
export async function runList(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const { priors, stages } = await gather(readText(flags, "config"));
  if (flags.json === true) {
    terminal.out(JSON.stringify(await toJson(priors, stages)));
    return EXIT.done;
  }
  terminal.out("Priors");
  for (const { name, version, description, options } of priors) {
    terminal.out(`  ${name} ${version}: ${description}`);
    for (const line of describeOptions(options)) terminal.out(`    ${line}`);
  }
  terminal.out("");
  terminal.out("Stages");
  for (const stage of stages) {
    terminal.out(`  ${stage.name}: ${stage.description}`);
    terminal.out(
      `    needs ${listNames(stage.inputs)}; gives ${listNames(stage.outputs)}`,
    );
    for (const line of describeOptions(stage.options)) {
      terminal.out(`    ${line}`);
    }
  }
  return EXIT.done;
}

interface Listing {
  readonly priors: readonly PriorDefinition[];
  readonly stages: readonly Stage[];
}

async function gather(file: string | undefined): Promise<Listing> {
  const priors = new Map<string, PriorDefinition>();
  for (const { url } of builtInPriors()) {
    const { definition } = await loadPrior(url);
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

function describeOptions(schema: OptionsSchema): readonly string[] {
  const entries = Object.entries(
    schema.entries as unknown as Record<string, SchemaLike>,
  );
  return formatColumns(entries.map(([name, entry]) => {
    const fallback = schemaDefault(entry);
    const words = [
      describeSchema(entry),
      fallback === undefined ? "" : `default ${show(fallback)}`,
      schemaDescription(entry) ?? "",
    ].filter((part) => part !== "");
    return [name, words.join("; ")];
  }));
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
