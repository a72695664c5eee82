/**
 * All distances between two sets of points, block by block. The engine gives
 * the scalar products in single precision; who decides by a distance computes
 * it again in double where single precision cannot tell.
 *
 * @module
 */

import { createProgram } from "../../engine/program/create.ts";
import type { ProgramSpec } from "../../engine/program/program.ts";
import { type Tensor2D, tf } from "../../engine/tf.ts";
import type { Points } from "./points.ts";

/**
 * The distances of some points of `a` from some of `b`, up to rounding: whoever
 * asks for pairs at a squared distance gets those within it, and perhaps a few
 * that are not.
 */
export interface DistanceBlock {
  /** First and one past the last point of `a`. */
  readonly a: readonly [number, number];
  /** Visits the `j` nearer to `i` than `limit`; `visit` returns the limit from then on. */
  nearer(i: number, limit: number, visit: (j: number) => number): void;
  /** Visits the `j` that have `i` within their own limit, `[b.count]`. */
  within(i: number, limits: Float64Array, visit: (j: number) => void): void;
}

/** Points of a block; bounds the memory, and is the size of one product. */
const ROWS = 256;
const COLUMNS = 2048;
/** Half the distance from 1 to the next float32. */
const UNIT_ROUNDOFF = 2 ** -24;

/**
 * Visits all pairs of points of `a` and `b`: blocks of `b` in order, and within
 * them blocks of `a` in order.
 *
 * @param pause called after each block, for Ctrl-C to arrive
 */
export async function visitDistances(
  a: Points,
  b: Points,
  { visit, pause }: {
    readonly visit: (block: DistanceBlock) => void;
    readonly pause?: (() => Promise<unknown>) | undefined;
  },
): Promise<void> {
  const { width } = a;
  const rows = Math.min(ROWS, a.count);
  const columns = Math.min(COLUMNS, b.count);
  const [p, q] = [squaredNorms(a), squaredNorms(b)];
  const program = createProgram(products({ width, rows, columns }));
  // Whatever the order of a sum of `width` products, it errs by less than this
  // share of the norms' product (Higham 2002, section 3.1).
  const share = 2.02 * (width + 2) * UNIT_ROUNDOFF;
  const lengths = q.map((square) => share * Math.sqrt(square));
  try {
    for (let from = 0; from < b.count; from += columns) {
      const to = Math.min(from + columns, b.count);
      const right = blockOf(b, { from, to, rows: columns });
      for (let top = 0; top < a.count; top += rows) {
        const bottom = Math.min(top + rows, a.count);
        const left = blockOf(a, { from: top, to: bottom, rows });
        const found = program.run({ left, right })["products"]!;
        const ofB = {
          squares: q.subarray(from, to),
          lengths: lengths.subarray(from, to),
        };
        const rowOf = (i: number) => ({
          ...ofB,
          products: found.subarray((i - top) * columns),
          length: Math.sqrt(p[i]!),
        });
        visit({
          a: [top, bottom],
          nearer: (i, limit, visit) =>
            scanNearer(rowOf(i), limit - p[i]!, (j) => visit(from + j) - p[i]!),
          within: (i, limits, visit) =>
            scanWithin(rowOf(i), {
              limits: limits.subarray(from, to),
              square: p[i]!,
              visit: (j) => visit(from + j),
            }),
        });
        await pause?.();
      }
    }
  } finally {
    program.dispose();
  }
}

/** Distances of one point of `a`, each of `b` at its place. */
interface Row {
  readonly products: Float32Array;
  readonly squares: Float64Array;
  /** Lengths of the points of `b`, times the share that may be rounding. */
  readonly lengths: Float64Array;
  readonly length: number;
}

// Functions of their own, with nothing to look up: these loops are most of the work.

function scanNearer(
  { products, squares, lengths, length }: Row,
  limit: number,
  visit: (j: number) => number,
): void {
  let rest = limit;
  for (let j = 0; j < squares.length; j++) {
    if (squares[j]! - 2 * products[j]! - length * lengths[j]! < rest) {
      rest = visit(j);
    }
  }
}

function scanWithin(
  { products, squares, lengths, length }: Row,
  { limits, square, visit }: {
    readonly limits: Float64Array;
    readonly square: number;
    readonly visit: (j: number) => void;
  },
): void {
  for (let j = 0; j < squares.length; j++) {
    const least = square + squares[j]! - 2 * products[j]! -
      length * lengths[j]!;
    if (least <= limits[j]!) visit(j);
  }
}

function products(
  { width, rows, columns }: Readonly<
    Record<"width" | "rows" | "columns", number>
  >,
): ProgramSpec {
  return {
    variables: {},
    inputs: {
      left: { shape: [rows, width], dtype: "float32" },
      right: { shape: [columns, width], dtype: "float32" },
    },
    compute: (_, { left, right }) => ({
      products: tf.matMul(left as Tensor2D, right as Tensor2D, false, true),
    }),
  };
}

/** Points as floats, filled up with zeros to `rows`. */
function blockOf(
  { data, width }: Points,
  { from, to, rows }: Readonly<Record<"from" | "to" | "rows", number>>,
): Float32Array {
  const block = new Float32Array(rows * width);
  block.set(data.subarray(from * width, to * width));
  return block;
}

function squaredNorms({ count, width, data }: Points): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += data[i * width + k]! ** 2;
    return sum;
  });
}
