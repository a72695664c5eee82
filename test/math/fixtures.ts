/**
 * Exact values made by test/fixtures/math/generate.py.
 *
 * @module
 */

import { readFileSync } from "node:fs";

/** When a result passes: |error| <= relative * |expected| + absolute. */
export interface Tolerance {
  readonly relative: number;
  readonly absolute: number;
}

/** A table: the columns of `cases` are `inputs`, then `outputs`. */
export interface Fixture {
  readonly inputs: readonly string[];
  readonly outputs: Readonly<Record<string, Tolerance>>;
  readonly cases: readonly (readonly number[])[];
}

/** Reads test/fixtures/<room>/<name>.json. */
export function readFixture(name: string, room = "math"): Fixture {
  const url = new URL(`../fixtures/${room}/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")) as Fixture;
}

/** The column of an input, in float32, or of an output. */
export function columnOf(fixture: Fixture, name: string): number[] {
  const names = [...fixture.inputs, ...Object.keys(fixture.outputs)];
  const index = names.indexOf(name);
  if (index < 0) throw new Error(`No column "${name}" among ${names}`);
  const column = fixture.cases.map((row) => row[index]!);
  return index < fixture.inputs.length ? column.map(Math.fround) : column;
}

/** The case that is furthest from passing; it passes where `excess` is at most 1. */
export interface Worst {
  readonly excess: number;
  readonly case: readonly number[];
  readonly found: number;
}

/** Compares results with an output's column. A result that is not a number fails. */
export function worstOf(
  fixture: Fixture,
  output: string,
  found: ArrayLike<number>,
  { relative, absolute }: Tolerance = fixture.outputs[output]!,
): Worst {
  const excess = columnOf(fixture, output).map((expected, i) => {
    const error = Math.abs(found[i]! - expected);
    if (error === 0) return 0;
    const ratio = error / (relative * Math.abs(expected) + absolute);
    return Number.isNaN(ratio) ? Infinity : ratio;
  });
  const index = excess.indexOf(Math.max(...excess));
  return {
    excess: excess[index]!,
    case: fixture.cases[index]!,
    found: found[index]!,
  };
}
