/**
 * The axes of the matrix, in the order in which names have them, and how a
 * config chooses their values.
 *
 * @module
 */

import * as v from "valibot";
import type { Choice } from "../config/choice.ts";
import { resolveEntries } from "./plugin/entries.ts";
import { priorKind } from "./plugin/kinds.ts";
import { oneOrMany } from "../config/schema.ts";
import latentDimAxis from "./latent_dim_axis.ts";
import priorAxis from "./prior_axis.ts";
import seedAxis from "./seed_axis.ts";

const latentDimSchema = oneOrMany(
  v.pipe(v.number(), v.integer(), v.minValue(1)),
);
const seedSchema = oneOrMany(
  v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)),
);

/** Priors, latent dimensions and seeds. */
export const choices: readonly Choice[] = [
  {
    axis: priorAxis,
    schema: v.pipe(v.array(v.unknown()), v.nonEmpty()),
    resolve: (entries, place) =>
      resolveEntries(priorKind, entries as unknown[], place),
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
