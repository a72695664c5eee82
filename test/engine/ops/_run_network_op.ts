/** An operation of a network behind a dense layer, with all gradients. @module */

import { createProgram } from "../../../core/engine/program/create.ts";
import { withGradients } from "../../../core/engine/program/gradients.ts";
import {
  GRADIENT,
  type ProgramSpec,
} from "../../../core/engine/program/program.ts";
import { type Scalar, type Tensor2D, tf } from "../../../core/engine/tf.ts";
import type { NetworkOp } from "./_network_ops.ts";

/** Enough for a product that is worth a split, and for three pieces unlike. */
export const ROWS = 97;
const COLUMNS = 144;

const wave = (length: number, scale: number) =>
  Float32Array.from(
    { length },
    (_, i) => scale * Math.sin(i * 1.7 + 0.37 * i * i),
  );

/**
 * A program that gives the operation's output `y`, `loss` and all gradients,
 * for so many rows.
 */
export function networkProgram(op: NetworkOp, rows = ROWS): ProgramSpec {
  return {
    variables: {
      weight: { shape: [COLUMNS, COLUMNS], data: wave(COLUMNS ** 2, 0.3) },
      kernel: { shape: [3, 3, 4, 4], data: wave(144, 0.4) },
      bias: { shape: [4], data: wave(4, 1) },
    },
    inputs: { images: { shape: [rows, COLUMNS], dtype: "float32" } },
    compute: (variables, { images }) => {
      const outputs = withGradients(
        (w) => {
          const product = tf.matMul(
            images as Tensor2D,
            w["weight"] as Tensor2D,
          );
          const y = op.compute(tf.reshape(product, [-1, 6, 6, 4]), w);
          const every = tf.addN(Object.values(w).map((v) => tf.mean(v)));
          const target = tf.tensor(wave(y.size, 1), y.shape);
          const loss = tf.add(
            tf.mean(tf.square(tf.sub(y, target))),
            tf.mul(1e-3, every),
          );
          return { loss: loss as Scalar, y };
        },
        variables,
        null,
      );
      // A program keeps those to itself that have a gradient's name.
      return Object.fromEntries(
        Object.entries(outputs).map(([name, tensor]) =>
          [name.replace(GRADIENT, "slope/"), tensor] as const
        ),
      );
    },
  };
}

/** What the program gives on the current engine. */
export function runNetworkOp(
  op: NetworkOp,
  { compile, rows = ROWS }: {
    readonly compile: boolean;
    readonly rows?: number;
  },
): Readonly<Record<string, Float32Array>> {
  const program = createProgram(networkProgram(op, rows), { compile });
  try {
    if (compile && !program.execution.compiled) {
      throw new Error(program.execution.reason);
    }
    return program.run({ images: wave(rows * COLUMNS, 1) });
  } finally {
    program.dispose();
  }
}

/** The largest difference, against the largest number of that name. */
export function difference(
  found: Readonly<Record<string, Float32Array>>,
  wanted: Readonly<Record<string, Float32Array>>,
): number {
  return Math.max(
    ...Object.entries(wanted).map(([name, values]) => {
      const other = found[name]!;
      if (other.length !== values.length) return Infinity;
      const scale = values.reduce((max, v) => Math.max(max, Math.abs(v)), 0);
      const worst = values.reduce(
        (max, v, i) => Math.max(max, Math.abs(v - other[i]!)),
        0,
      );
      return worst / Math.max(scale, 1e-12);
    }),
  );
}
