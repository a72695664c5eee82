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
  {
    axis: networkAxis,
    schema: v.optional(v.unknown(), "mlp"),
    isInPresets: true,
    resolve: (entry, place) =>
      resolveEntries(networkKind, listOfEntries(entry), place),
  },
  {
    axis: likelihoodAxis,
    schema: v.optional(v.unknown(), "bernoulli"),
    isInPresets: true,
    resolve: (entry, place) =>
      resolveEntries(likelihoodKind, listOfEntries(entry), place),
  },
  {
    axis: objectiveAxis,
    schema: v.optional(v.unknown(), "elbo"),
    isInPresets: true,
    resolve: (entry, place) =>
      resolveEntries(objectiveKind, listOfEntries(entry), place),
  },
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

function numbers(entry: unknown): Promise<readonly number[]> {
  return Promise.resolve([entry].flat() as number[]);
}
