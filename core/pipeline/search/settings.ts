/**
 * From values of options to the settings that are tried.
 *
 * Each draw is a function of the seed, the option and its place, so that more
 * settings begin with those of fewer, and a value more in a list leaves most
 * others as they are.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { sha256 } from "../../lib/files.ts";
import { canonicalJson } from "../key/canonical.ts";
import type { Setting } from "./types.ts";

/** Numbers from one to another. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly scale: "linear" | "log";
  /** Whether they are whole. */
  readonly whole: boolean;
}

/** By the option's name a list of values, or a range. */
export type SearchValues = Readonly<Record<string, readonly unknown[] | Range>>;

/** How many settings, and by which draws. */
export interface Sampling {
  /** Null: every combination. */
  readonly budget: number | null;
  readonly seed: number;
}

/** Draws for each setting that is wanted, before there are taken to be no more. */
const DRAWS = 100;
/** Of a number that is drawn. */
const DIGITS = 3;

/**
 * All combinations of lists, or `budget` of them; with a range `budget` draws of
 * everything. No setting is there twice.
 *
 * @throws {UserError} where a range comes without a budget, or has not so many
 * different numbers.
 */
export function settingsOf(
  values: SearchValues,
  { budget, seed }: Sampling,
): readonly Setting[] {
  if (Object.values(values).every(isList)) {
    const all = combine(values as Readonly<Record<string, readonly unknown[]>>);
    return budget === null ? all : chooseOf(all, budget, seed);
  }
  if (budget === null) {
    const name = Object.keys(values).find((name) => !isList(values[name]!));
    throw new UserError(
      `Cannot read "search": found a range of "${name}" and no "budget", want the number of settings to draw`,
      { hint: 'For instance "budget": 24, or a list in place of the range' },
    );
  }
  const settings = new Map<string, Setting>();
  for (let i = 0; settings.size < budget && i < DRAWS * budget; i++) {
    const setting = Object.fromEntries(
      Object.entries(values).map(([name, one]) => [
        name,
        isList(one)
          ? pick(one, [seed, name, i])
          : draw(one, uniform(seed, name, i)),
      ]),
    );
    const key = textOf(setting);
    if (!settings.has(key)) settings.set(key, setting);
  }
  if (settings.size === budget) return [...settings.values()];
  throw new UserError(
    `Cannot read "search.budget": found ${budget}, but there are only about ${settings.size} different settings`,
    { hint: "Lower it, or widen the ranges" },
  );
}

function isList(
  values: readonly unknown[] | Range,
): values is readonly unknown[] {
  return Array.isArray(values);
}

function combine(
  lists: Readonly<Record<string, readonly unknown[]>>,
): readonly Setting[] {
  return Object.entries(lists).reduce<readonly Setting[]>(
    (settings, [name, values]) =>
      settings.flatMap((one) =>
        values.map((value) => ({ ...one, [name]: value }))
      ),
    [{}],
  );
}

/** Those with the smallest draws, in their order. */
function chooseOf(
  all: readonly Setting[],
  budget: number,
  seed: number,
): readonly Setting[] {
  const drawn = all.map((setting) => uniform(seed, textOf(setting)));
  const limit = [...drawn].sort((a, b) => a - b)[budget - 1] ?? 1;
  return all.filter((_, i) => drawn[i]! <= limit);
}

/** Of a list the value with the largest draw: one more takes its share from all alike. */
function pick(list: readonly unknown[], place: readonly unknown[]): unknown {
  const drawn = list.map((value) => uniform(...place, textOf(value)));
  return list[drawn.indexOf(Math.max(...drawn))];
}

function draw({ from, to, scale, whole }: Range, share: number): number {
  const value = scale === "log"
    ? from * (to / from) ** share
    : from + (to - from) * share;
  return whole
    ? Math.round(value)
    // Few digits: easy to read, and the same however a power is rounded.
    : Number(value.toPrecision(DIGITS));
}

/** A number from 0 to 1, a function of `parts`. */
function uniform(...parts: readonly unknown[]): number {
  return parseInt(sha256(JSON.stringify(parts)).slice(0, 12), 16) / 2 ** 48;
}

function textOf(value: unknown): string {
  return canonicalJson(value, "a value of the search");
}
