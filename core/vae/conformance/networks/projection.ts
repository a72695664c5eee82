/**
 * One number of a half's outputs, whose derivatives are looked at: the sum of
 * all, each times a number of its own.
 *
 * @module
 */

import {
  type Scalar,
  type Tensor,
  type Tensor2D,
  tf,
} from "../../../engine/tf.ts";
import type { Weights } from "../../model/artifacts.ts";
import { type Matrix, toTensor } from "../tensors.ts";
import { type Half, tensorsOf } from "./instance.ts";
import { drawsOf } from "./subject.ts";

/** The factors of outputs `[rows, columns]`: from -1 to 1. */
export function factorsOf(
  [rows, columns]: readonly [number, number],
  seed: number,
): Tensor2D {
  const draws = drawsOf(seed, "projection").uniform([rows, columns]);
  return tf.sub(tf.mul(2, draws), 1) as Tensor2D;
}

/** Gradients of the projection: of each weight by its path, and of the input. */
export interface HalfGradients {
  readonly weights: Readonly<Record<string, Float32Array>>;
  readonly input: Float32Array;
  /** Paths of weights on which nothing depends; `input` where that is it. */
  readonly detached: readonly string[];
}

/** The gradients at these weights. */
export function gradientsOf(
  { apply }: Half,
  { weights: arrays, input, seed }: {
    readonly weights: Weights;
    readonly input: Matrix;
    readonly seed: number;
  },
): HalfGradients {
  const paths = Object.keys(arrays);
  const values: Float32Array[] = [];
  tf.tidy(() => {
    const weights = tensorsOf(arrays);
    const x = toTensor(input);
    const all: Tensor[] = [...paths.map((path) => weights[path]!), x];
    const { grads } = tf.engine().gradients(
      () => {
        const outputs = apply(weights, x);
        return tf.sum(
          tf.mul(outputs, factorsOf(outputs.shape, seed)),
        ) as Scalar;
      },
      all,
      undefined,
      true,
    );
    all.forEach((tensor, i) => {
      const found: Tensor | null | undefined = grads[i];
      values.push(
        found == null
          ? new Float32Array(tensor.size)
          : Float32Array.from(found.dataSync()),
      );
    });
  });
  return {
    weights: Object.fromEntries(
      paths.map((path, i) => [path, values[i]!] as const),
    ),
    input: values.at(-1)!,
    detached: [...paths, "input"].filter((_, i) =>
      values[i]!.every((value) => value === 0)
    ),
  };
}
