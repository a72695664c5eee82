/** A program to be trained. @module */

import { createProgram } from "../../../core/engine/program/create.ts";
import { withGradients } from "../../../core/engine/program/gradients.ts";
import type { ProgramSpec } from "../../../core/engine/program/program.ts";
import { type Scalar, type Tensor2D, tf } from "../../../core/engine/tf.ts";

/** A small regression: two layers, a cross-entropy, Adam. */
export function regression(): ProgramSpec {
  const wave = (length: number, shift: number) =>
    Float32Array.from({ length }, (_, i) => Math.sin(i * 1.7 + shift) * 0.3);
  return {
    variables: {
      "a/kernel": { shape: [6, 5], data: wave(30, 0) },
      "a/bias": { shape: [5], data: wave(5, 1) },
      "b/kernel": { shape: [5, 3], data: wave(15, 2) },
    },
    adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    inputs: {
      x: { shape: [4, 6], dtype: "uint8" },
      step: { shape: [], dtype: "int32" },
    },
    compute: (variables, { x }) =>
      withGradients(
        (w) => {
          const h = tf.relu(
            tf.add(
              tf.matMul(tf.div(x!, 255) as Tensor2D, w["a/kernel"]!),
              w["a/bias"]!,
            ),
          );
          const y = tf.matMul(h as Tensor2D, w["b/kernel"] as Tensor2D);
          const target = tf.oneHot([0, 1, 2, 1], 3);
          const loss = tf.neg(
            tf.mean(tf.sum(tf.mul(target, tf.logSoftmax(y)), 1)),
          );
          return { loss: loss as Scalar, y };
        },
        variables,
        1,
      ),
  };
}

/** What it is fed. */
export const X = Uint8Array.from({ length: 24 }, (_, i) => (i * 89) % 256);

/** Its losses in so many steps, and the variables after them. */
export function losses(
  compile: boolean,
  steps: number,
): { losses: number[]; variables: Record<string, Float32Array> } {
  const program = createProgram(regression(), { compile });
  try {
    const found: number[] = [];
    for (let step = 1; step <= steps; step++) {
      found.push(program.run({ x: X, step, learningRate: 0.01 })["loss"]![0]!);
    }
    const variables = Object.fromEntries(
      Object.entries(program.variables()).map((
        [name, { data }],
      ) => [name, data]),
    );
    return { losses: found, variables };
  } finally {
    program.dispose();
  }
}
