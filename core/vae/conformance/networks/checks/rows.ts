/** The check `rows` of networks: each image, and each latent vector, is by itself. @module */

import { type Tensor2D, tf } from "../../../../engine/tf.ts";
import { type Check, fail, pass } from "../../check.ts";
import { gradientOf, type Matrix, toTensor, valuesOf } from "../../tensors.ts";
import { inputOf } from "../inputs.ts";
import { type Half, tensorsOf } from "../instance.ts";
import type { NetworkSubject } from "../subject.ts";

const ROWS = 4;
/** Far above rounding, far below any real influence. */
const TOLERANCE = 1e-4;

/** What comes out for a row depends on that row alone, and so does its gradient. */
export const rows: Check<NetworkSubject> = {
  name: "rows",
  title: "Images do not mix",
  run(subject) {
    const { encoder, decoder } = subject.usual();
    const faults = [encoder, decoder].flatMap((half) =>
      faultsOf(half, subject.seed)
    );
    if (faults.length > 0) {
      return fail(
        faults.join("; "),
        "Sum and average over all axes but the first, normalise no batch, and do not branch on data",
      );
    }
    return pass("results and gradients of a row stay as the others change");
  },
};

function faultsOf(half: Half, seed: number): string[] {
  const batch = inputOf(half, { rows: ROWS, seed });
  const others = inputOf(half, { rows: ROWS, seed: seed + 1 });
  const run = (input: Tensor2D) => half.apply(tensorsOf(half.moved), input);
  const faults: string[] = [];
  for (const kept of [0, ROWS - 1]) {
    const changed = withRow(others, batch, kept);
    const [first, second] = [batch, changed].map((input) =>
      rowOf(valuesOf(() => run(toTensor(input))), kept)
    ) as [Float32Array, Float32Array];
    if (!first.every((value, i) => isNear(value, second[i]!))) {
      return [
        `${half.name}.apply: the result for a row changes with the others of its batch`,
      ];
    }
    const { values } = gradientOf(
      (input) => tf.sum(tf.slice(run(input), [kept, 0], [1, -1])),
      batch,
    );
    const own = norm(rowOf(values, kept));
    const all = norm(values);
    if (all - own > TOLERANCE * all) {
      faults.push(
        `${half.name}.apply: the gradient of the result for a row has parts along other rows`,
      );
      break;
    }
  }
  return faults;
}

function withRow(to: Matrix, from: Matrix, row: number): Matrix {
  const values = to.values.slice();
  values.set(rowOf(from.values, row), row * to.columns);
  return { ...to, values };
}

function rowOf(values: Float32Array, row: number): Float32Array {
  const width = values.length / ROWS;
  return values.subarray(row * width, (row + 1) * width);
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * (1 + Math.abs(a));
}
