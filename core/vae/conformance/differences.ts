/**
 * Derivatives along one raw head output by central differences.
 *
 * @module
 */

import type { RawRow } from "./subject.ts";

/** A raw output moved, and how much the value there counts. */
export interface Move {
  readonly row: RawRow;
  readonly weight: number;
}

/** The derivative along number `unit` of `row` is the sum of `weight` times the value at each row, to fourth order. */
export function movesAlong(
  row: RawRow,
  unit: number,
  step: number,
): readonly Move[] {
  return STENCIL.map(([steps, weight]) =>
    move(row, unit, { by: steps * step, weight: weight / (12 * step) })
  );
}

/** The same to second order: half the rows, and less rounding. */
export function stepsAlong(
  row: RawRow,
  unit: number,
  step: number,
): readonly Move[] {
  return [step, -step].map((by) => move(row, unit, { by, weight: 0.5 / by }));
}

function move(
  row: RawRow,
  unit: number,
  { by, weight }: { readonly by: number; readonly weight: number },
): Move {
  return {
    row: row.map((value, i) => i === unit ? value + by : value),
    weight,
  };
}

const STENCIL = [[-2, 1], [-1, -8], [1, 8], [2, -1]] as const;
