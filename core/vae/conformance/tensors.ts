/**
 * From functions of tensors to arrays, with nothing left behind.
 *
 * @module
 */

import { type Tensor, type Tensor2D, tf } from "../../engine/tf.ts";

/** A matrix of numbers, row by row. */
export interface Matrix {
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** The numbers of what `compute` gives; all other tensors are freed. */
export function valuesOf(compute: () => Tensor): Float32Array {
  const tensor = tf.tidy(compute);
  const values = Float32Array.from(tensor.dataSync());
  tensor.dispose();
  return values;
}

/** The same with their shape. */
export function arrayOf(
  compute: () => Tensor,
): { readonly values: Float32Array; readonly shape: readonly number[] } {
  let shape: readonly number[] = [];
  const values = valuesOf(() => {
    const tensor = compute();
    shape = tensor.shape;
    return tensor;
  });
  return { values, shape };
}

/** The same for a matrix. */
export function matrixOf(compute: () => Tensor2D): Matrix {
  const { values, shape: [rows = 0, columns = 1] } = arrayOf(compute);
  return { values, rows, columns };
}

/** A gradient, and whether there was none: what was differentiated does not depend on the input. */
export interface Gradient extends Matrix {
  readonly detached: boolean;
}

/** Gradient of the sum of `compute(input)` at a matrix; zeros where it is detached. */
export function gradientOf(
  compute: (input: Tensor2D) => Tensor,
  { values, rows, columns }: Matrix,
): Gradient {
  let detached = false;
  const gradient = valuesOf(() => {
    const input = tf.tensor2d(values, [rows, columns]);
    const found = gradientAt(compute, input);
    detached = found === undefined;
    return found ?? tf.zerosLike(input);
  });
  return { values: gradient, rows, columns, detached };
}

/** What `compute` gives at a matrix, and the gradient of its sum there; undefined where it is detached. */
export function valuesAndGradient(
  compute: (input: Tensor2D) => Tensor,
  input: Matrix,
): { readonly values: Float32Array; readonly gradient: Matrix | undefined } {
  return tf.tidy(() => {
    const tensor = toTensor(input);
    const { value, grads: [found] } = tf.engine().gradients(
      () => compute(tensor),
      [tensor],
      undefined,
      true,
    );
    const numbers = (of: Tensor) => Float32Array.from(of.dataSync());
    return {
      values: numbers(value),
      gradient: found ? { ...input, values: numbers(found) } : undefined,
    };
  });
}

/** Gradient of the sum of `compute(input)` as a tensor; undefined where it is detached. */
export function gradientAt(
  compute: (input: Tensor2D) => Tensor,
  input: Tensor2D,
): Tensor | undefined {
  const { grads: [found] } = tf.engine().gradients(
    () => compute(input),
    [input],
    undefined,
    true,
  );
  return found ?? undefined;
}

/** `count` equal rows. */
export function repeatRow(row: readonly number[], count: number): Matrix {
  const values = new Float32Array(count * row.length);
  const one = Float32Array.from(row);
  for (let i = 0; i < count; i++) values.set(one, i * row.length);
  return { values, rows: count, columns: row.length };
}

/** These rows, one after another. */
export function stackRows(rows: readonly (readonly number[])[]): Matrix {
  return {
    values: Float32Array.from(rows.flat()),
    rows: rows.length,
    columns: rows[0]?.length ?? 0,
  };
}

/** A matrix as a tensor; the caller's tidy frees it. */
export function toTensor({ values, rows, columns }: Matrix): Tensor2D {
  return tf.tensor2d(values, [rows, columns]);
}
