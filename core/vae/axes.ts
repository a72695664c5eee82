/**
 * The axes of the matrix, in the order in which names have them, and how a
 * config chooses their values.
 *
 * @module
 */

import * as v from "valibot";
import type { Choice } from "../config/choice.ts";
import { oneOrMany } from "../config/schema.ts";
import type { Axis } from "../pipeline/provider.ts";
import latentDimAxis from "./latent_dim_axis.ts";
import likelihoodAxis from "./likelihood_axis.ts";
import networkAxis from "./network_axis.ts";
import objectiveAxis from "./objective_axis.ts";
import { listOfEntries, resolveEntries } from "./plugin/entries.ts";
import type {
  PluginDefinition,
  PluginKind,
  ResolvedPlugin,
} from "./plugin/kind.ts";
import {
  likelihoodKind,
  networkKind,
  objectiveKind,
  priorKind,
} from "./plugin/kinds.ts";
import priorAxis from "./prior_axis.ts";
import seedAxis from "./seed_axis.ts";

const latentDimSchema = oneOrMany(
  v.pipe(v.number(), v.integer(), v.minValue(1)),
);
const seedSchema = oneOrMany(
  v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)),
);

/** Priors, the other parts of a model, latent dimensions and seeds. */
export const choices: readonly Choice[] = [
  {
    axis: priorAxis,
    schema: v.pipe(v.array(v.unknown()), v.nonEmpty()),
    resolve: (entries, place) =>
      resolveEntries(priorKind, entries as unknown[], place),
  },
  choiceOf(networkAxis, networkKind),
  choiceOf(likelihoodAxis, likelihoodKind),
  choiceOf(objectiveAxis, objectiveKind),
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

/** One plugin or a list of them; the usual one where there is none. */
function choiceOf<Definition extends PluginDefinition>(
  axis: Axis<ResolvedPlugin<Definition>>,
  kind: PluginKind<Definition>,
): Choice {
  return {
    axis: axis as Axis,
    schema: v.optional(v.unknown(), kind.usual),
    isInPresets: true,
    resolve: (entry, place) =>
      resolveEntries(kind, listOfEntries(entry), place),
  };
}

function numbers(entry: unknown): Promise<readonly number[]> {
  return Promise.resolve([entry].flat() as number[]);
}
