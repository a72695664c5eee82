/**
 * The entries of a config's list of plugins as JSON Schema.
 *
 * @module
 */

import { type JsonSchema, toJson } from "../../config/json_schema.ts";
import { packagePrefix } from "./entries.ts";
import type { PluginDefinition, PluginKind } from "./kind.ts";

/** A plugin by what a config calls it: `beta`, `./my_prior.ts`. */
export interface NamedPlugin {
  readonly name: string;
  readonly definition: Pick<PluginDefinition, "description" | "options">;
}

/**
 * What the key of a kind may have: plugins by their names, with options or
 * without, modules by path and packages; of those that are not in `plugins`
 * nobody knows the options.
 */
export function entrySchema(
  kind: PluginKind,
  plugins: readonly NamedPlugin[],
): JsonSchema {
  const { name, plural, usual } = kind;
  const one: JsonSchema = nameSchema(kind, plugins);
  const pair: JsonSchema = {
    type: "array",
    items: [one, { type: "object" }],
    minItems: 1,
    maxItems: 2,
    allOf: plugins.map((plugin) => ({
      if: { items: [{ const: plugin.name }] },
      then: { items: [true, toJson(plugin.definition.options)] },
    })),
  };
  const ways = `by name, ["name", { options }], path or package`;
  if (usual === undefined) {
    return {
      type: "array",
      description: `${plural}, each ${ways}`,
      items: { anyOf: [one, pair] },
      minItems: 1,
    };
  }
  return {
    description: `${name}, ${ways}, or a list of them`,
    default: usual,
    anyOf: [one, {
      type: "array",
      // A name and options are one plugin, all else is a list of them.
      if: {
        items: [{ type: "string" }, { type: "object" }],
        minItems: 2,
        maxItems: 2,
      },
      then: pair,
      else: {
        items: { anyOf: [one, refTo(kind)] },
        minItems: 1,
      },
    }],
  };
}

function nameSchema(
  kind: PluginKind,
  plugins: readonly NamedPlugin[],
): JsonSchema {
  return {
    anyOf: [
      ...plugins.map(({ name, definition: { description } }) => ({
        const: name,
        description,
      })),
      {
        type: "string",
        pattern: String
          .raw`^(\.{1,2}[\\/]|[\\/]|[A-Za-z]:[\\/]|file:|@|${
          packagePrefix(kind)
        })`,
      },
    ],
  };
}

/** The pair of such a kind, where it stands in {@link entrySchema}. */
function refTo({ plural }: PluginKind): JsonSchema {
  return { $ref: `#/properties/${plural}/anyOf/1/then` };
}
