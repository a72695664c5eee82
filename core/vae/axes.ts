/**
 * The axes of the matrix, in the order in which names have them, and how a
 * config chooses their values.
 *
 * @module
 */

import * as v from "valibot";
import type { Choice } from "../config/choice.ts";
import { oneOrMany } from "../config/schema.ts";
import latentDimAxis from "./latent_dim_axis.ts";
import likelihoodAxis from "./likelihood_axis.ts";
import networkAxis from "./network_axis.ts";
import objectiveAxis from "./objective_axis.ts";
import { listOfEntries, resolveEntries } from "./plugin/entries.ts";
import type { PluginKind } from "./plugin/kind.ts";
import type { PluginAxis } from "./plugin/plugin_axis.ts";
import priorAxis from "./prior_axis.ts";
import seedAxis from "./seed_axis.ts";

const latentDimSchema = v.pipe(
  oneOrMany(v.pipe(v.number(), v.integer(), v.minValue(1))),
  v.description("size of the latent space, or a list of them"),
);
const seedSchema = v.pipe(
  oneOrMany(
    v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)),
  ),
  v.description("the same seed gives the same result; a list repeats trials"),
);

/** The axes of plugins, the kinds that a model is made of and trained by. */
const pluginAxes = [
  priorAxis,
  networkAxis,
  likelihoodAxis,
  objectiveAxis,
] as readonly unknown[] as readonly PluginAxis[];

/** The kinds of plugins. */
export const pluginKinds: readonly PluginKind[] = pluginAxes
  .map(({ kind }) => kind);

/** All choices that make trials: plugins, latent dimensions and seeds. */
export const choices: readonly Choice[] = [
  ...pluginAxes.map(choiceOf),
  {
    axis: latentDimAxis,
    schema: v.optional(latentDimSchema, 20),
    isInPresets: true,
    resolve: numbers,
  },
  {
    axis: seedAxis,
    schema: v.optional(seedSchema, 0),
    isInPresets: true,
    resolve: numbers,
  },
];

/**
 * One plugin or a list of them, and the usual one where there is none; a list of
 * at least one where no plugin is usual.
 */
function choiceOf(axis: PluginAxis): Choice {
  const { kind } = axis;
  const { usual } = kind;
  return usual === undefined
    ? {
      axis,
      schema: v.pipe(v.array(v.unknown()), v.nonEmpty()),
      resolve: (entries, place) =>
        resolveEntries(kind, entries as unknown[], place),
    }
    : {
      axis,
      schema: v.optional(v.unknown(), usual),
      isInPresets: true,
      resolve: (entry, place) =>
        resolveEntries(kind, listOfEntries(entry), place),
    };
}

function numbers(entry: unknown): Promise<readonly number[]> {
  return Promise.resolve([entry].flat() as number[]);
}
