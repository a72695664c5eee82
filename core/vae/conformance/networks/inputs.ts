/** Inputs of a network's halves, for checks. @module */

import { type Matrix, matrixOf } from "../tensors.ts";
import type { Half } from "./instance.ts";
import { drawsOf } from "./subject.ts";

/** Images whose pixels are uniform on [0, 1], or latent vectors of N(0, 1). */
export function inputOf(
  { name, inputs }: Half,
  { rows, seed }: { readonly rows: number; readonly seed: number },
): Matrix {
  const random = drawsOf(seed, name);
  return matrixOf(() =>
    (name === "encoder"
      ? random.uniform([rows, inputs])
      : random.normal([rows, inputs])).as2D(rows, inputs)
  );
}
