/**
 * Derivatives along one raw head output by central differences of fourth order.
 *
 * @module
 */

import type { RawRow } from "./subject.ts";

/** A raw output moved, and how much the value there counts. */
export interface Move {
  readonly row: RawRow;
  readonly weight: number;
}

/** The derivative along number `unit` of `row` is the sum of `weight` times the value at each row. */
export function movesAlong(
  row: RawRow,
  unit: number,
  step: number,
): readonly Move[] {
  return STENCIL.map(([steps, weight]) => ({
    row: row.map((value, i) => i === unit ? value + steps * step : value),
    weight: weight / (12 * step),
  }));
}

const STENCIL = [[-2, 1], [-1, -8], [1, 8], [2, -1]] as const;
