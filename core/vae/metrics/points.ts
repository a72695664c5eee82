/**
 * Points of a space, row by row.
 *
 * @module
 */

/** `count` points of `width` coordinates each. */
export interface Points {
  readonly count: number;
  readonly width: number;
  /** `[count, width]`. */
  readonly data: Float32Array | Uint8Array;
}

/** Points from a flat array. */
export function pointsOf(
  data: Float32Array | Uint8Array,
  width: number,
): Points {
  return { count: data.length / width, width, data };
}

/** Points `from` up to `to`, without copying. */
export function slicePoints(
  { width, data }: Points,
  from: number,
  to: number,
): Points {
  return pointsOf(data.subarray(from * width, to * width), width);
}

/** The squared Euclidean distance of point `i` of `a` from point `j` of `b`, in double precision. */
export function squaredDistance(
  a: Points,
  b: Points,
  { i, j }: { readonly i: number; readonly j: number },
): number {
  const { width } = a;
  let sum = 0;
  for (let k = 0; k < width; k++) {
    const difference = a.data[i * width + k]! - b.data[j * width + k]!;
    sum += difference * difference;
  }
  return sum;
}
