/**
 * All distances between two sets of points, block by block. The engine gives
 * the scalar products in single precision; who decides by a distance computes
 * it again in double where single precision cannot tell.
 *
 * @module
 */

import { createProgram } from "../engine/program/create.ts";
import type { ProgramSpec } from "../engine/program/program.ts";
import { type Tensor2D, tf } from "../engine/tf.ts";
import type { Points } from "./points.ts";

/** The distances of some points from some others. */
export interface DistanceBlock {
  /** First and one past the last point of `a`. */
  readonly a: readonly [number, number];
  /** Likewise of `b`. */
  readonly b: readonly [number, number];
  /**
   * A number that the squared distance of points `i` and `j` of the block is
   * not below; what it lacks is rounding.
   */
  lowerBound(i: number, j: number): number;
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
  const norms = { a: squaredNorms(a), b: squaredNorms(b) };
  // Whatever the order of a sum of `width` products, it errs by less than this
  // share of the norms' product (Higham 2002, section 3.1).
  const share = 2.02 * (width + 2) * UNIT_ROUNDOFF;
  const program = createProgram(products({ width, rows, columns }));
  try {
    for (let fromB = 0; fromB < b.count; fromB += columns) {
      const toB = Math.min(fromB + columns, b.count);
      const right = blockOf(b, { from: fromB, to: toB, rows: columns });
      for (let fromA = 0; fromA < a.count; fromA += rows) {
        const toA = Math.min(fromA + rows, a.count);
        const left = blockOf(a, { from: fromA, to: toA, rows });
        const found = program.run({ left, right })["products"]!;
        visit({
          a: [fromA, toA],
          b: [fromB, toB],
          lowerBound(i, j) {
            const p = norms.a[i]!;
            const q = norms.b[j]!;
            const product = found[(i - fromA) * columns + j - fromB]!;
            return p + q - 2 * product - share * Math.sqrt(p * q);
          },
        });
        await pause?.();
      }
    }
  } finally {
    program.dispose();
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
