/**
 * A config as JSON Schema (draft 7), for editors: they complete keys and values
 * by it, and mark what a run would refuse.
 *
 * @module
 */

import { type JsonSchema, toJsonSchema } from "@valibot/to-json-schema";
import type * as v from "valibot";
import type { Stage } from "../pipeline/stage.ts";
import type { Choice } from "./choice.ts";
import { FULL } from "./presets.ts";
import { ownKeys } from "./schema.ts";
import { rangeSchema } from "./search_schema.ts";

export type { JsonSchema };

/** What there is to choose from in a config. */
export interface ConfigParts {
  readonly choices: readonly Choice[];
  readonly stages: readonly Stage[];
  /** By their keys the choices whose values are plugins, which no schema of ours reads. */
  readonly entries: ReadonlyMap<string, JsonSchema>;
}

/** By its title a file is known as one of these. */
export const TITLE = "Config of vae-priors";

/** A schema of ours as JSON Schema, of what a person writes. */
export function toJson(schema: v.GenericSchema): JsonSchema {
  const { $schema: _, ...json } = toJsonSchema(schema, {
    typeMode: "input",
    // What only our own check can tell is told when the config is read.
    errorMode: "ignore",
  });
  return json;
}

/** JSON Schema of a whole config. */
export function configToJson(parts: ConfigParts): JsonSchema {
  const { choices, stages, entries } = parts;
  const { name, ...own } = Object.fromEntries(
    Object.entries(ownKeys).map(([key, schema]) => [key, toJson(schema)]),
  );
  const chosen = choices.map(({ axis: { configKey: key }, schema }) =>
    [key, entries.get(key) ?? toJson(schema)] as const
  );
  const required = choices.filter(({ schema }) => schema.type !== "optional");
  const properties: Record<string, JsonSchema> = {
    $schema: { type: "string", description: "this schema, for editors" },
    name: name!,
    ...Object.fromEntries(chosen),
    ...own,
    stages: { ...own.stages, items: { type: "string" } },
    without: { ...own.without, anyOf: oneOrMany(namesOf(stages)) },
    presets: { ...own.presets, ...presetsOf(parts) },
    matrix: { ...own.matrix, ...closed(optionLists(stages)) },
    exclude: { ...own.exclude, items: excludeOf(parts) },
    search: searchOf(own.search!, stages),
    ...Object.fromEntries(stages.map(optionsOf)),
  };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: TITLE,
    ...closed(properties),
    required: required.map(({ axis }) => axis.configKey),
  };
}

function optionsOf({ name, description, options }: Stage) {
  return [name, {
    description: `options of the stage: ${description}`,
    ...toJson(options),
  }] as const;
}

/** What a preset leaves out, the config may have. */
function presetsOf({ choices, stages }: ConfigParts): JsonSchema {
  const keys = choices.filter(({ isInPresets }) => isInPresets)
    .map(({ axis }) => [axis.configKey, at(axis.configKey)] as const);
  const overlays = stages.map((stage) =>
    [
      stage.name,
      {
        description: `options of the stage: ${stage.description}`,
        ...closed(Object.fromEntries(
          optionNames(stage).map((option) => [
            option,
            at(stage.name, option),
          ]),
        )),
      },
    ] as const
  );
  return {
    properties: { [FULL]: false },
    additionalProperties: closed(Object.fromEntries([...keys, ...overlays])),
  };
}

/** Of which options the values are found, and what each may be. */
function searchOf(search: JsonSchema, stages: readonly Stage[]): JsonSchema {
  const range = toJson(rangeSchema);
  const values = closed(Object.fromEntries(
    Object.entries(optionLists(stages)).map(([name, list]) => [
      name,
      { description: list.description, anyOf: [list, range] },
    ]),
  ));
  const [object, ...others] = search.anyOf as JsonSchema[];
  const known = object!.properties as Readonly<Record<string, JsonSchema>>;
  const { description } = known["values"]!;
  const properties = { ...known, values: { description, ...values } };
  return { ...search, anyOf: [{ ...object, properties }, ...others] };
}

function optionLists(
  stages: readonly Stage[],
): Readonly<Record<string, JsonSchema>> {
  const lists = stages.flatMap((stage) =>
    optionNames(stage).map((option) =>
      [`${stage.name}.${option}`, {
        type: "array",
        description: `values of the option "${option}" of ${stage.name}`,
        items: at(stage.name, option),
        minItems: 1,
      }] as const
    )
  );
  return Object.fromEntries(lists);
}

/** Values stand there as in the config, or by their names in a report. */
function excludeOf({ choices, stages, entries }: ConfigParts): JsonSchema {
  const chosen = choices.map((
    { axis: { name, plural, configKey } },
  ): [string, JsonSchema] => [name, {
    description: `one of the ${plural}`,
    ...(entries.has(configKey) ? { type: "string" } : {}),
  }]);
  const options = stages.flatMap((stage) =>
    optionNames(stage).map((option): [string, JsonSchema] => [
      `${stage.name}.${option}`,
      {
        description: `a value of the option "${option}" of ${stage.name}`,
        anyOf: [at(stage.name, option), { type: "string" }],
      },
    ])
  );
  return {
    ...closed(Object.fromEntries([...chosen, ...options])),
    minProperties: 1,
  };
}

function closed(
  properties: Readonly<Record<string, JsonSchema>>,
): Readonly<JsonSchema> {
  return { type: "object", properties, additionalProperties: false };
}

function oneOrMany(item: JsonSchema): JsonSchema[] {
  return [item, { type: "array", items: item }];
}

function namesOf(stages: readonly Stage[]): JsonSchema {
  return {
    anyOf: stages.map(({ name, description }) => ({
      const: name,
      description,
    })),
  };
}

function optionNames({ options }: Stage): readonly string[] {
  return Object.keys(options.entries);
}

/** The schema of a key, or of an option of a stage. */
function at(...keys: readonly string[]): JsonSchema {
  const path = keys.map((key) =>
    `properties/${
      encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))
    }`
  );
  return { $ref: `#/${path.join("/")}` };
}
