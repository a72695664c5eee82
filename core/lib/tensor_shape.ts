/** How many numbers a tensor has. @module */

/** Entries of a tensor of this shape; 1 of a scalar. */
export function sizeOfShape(shape: readonly number[]): number {
  return shape.reduce((size, n) => size * n, 1);
}
