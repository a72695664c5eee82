/**
 * Convolutions and their two gradients as matrix products of patches: each row
 * of `patches` has what one entry of the output sees, `[kernel height, kernel
 * width, channels]`.
 *
 * Images are done in groups of a fixed size, which threads take one after the
 * other: whoever does a group, its numbers are the same.
 *
 * @module
 */

import {
  BATCH,
  columnsOf,
  field,
  GROUP,
  imageSize,
  OUT_CHANNELS,
  rowsOf,
} from "./geometry";
import { matMul, scratchFloats } from "./mat_mul";
import { movePatches } from "./patches";

/** `y` from `x` and `filter`. */
const OUTPUT: i32 = 0;
/** `x` from `y` and `filter`: the gradient of the input. */
const INPUT: i32 = 1;
/** `filter` from `x` and `y`, one for each group of images: its gradient's parts. */
const FILTER: i32 = 2;

const FLOAT: usize = 4;
/** Floats before the scratch of a share: the number of images taken so far. */
const HEADER: i32 = 4;

/** Floats of scratch that {@link convolution} needs, or each of several threads. */
export function convolutionFloats(kind: i32, geometry: usize): i32 {
  const rows = field(geometry, GROUP) * rowsOf(geometry);
  const columns = columnsOf(geometry);
  const product = kind == FILTER
    ? scratchFloats(columns, rows, true)
    : scratchFloats(
      rows,
      kind == INPUT ? field(geometry, OUT_CHANNELS) : columns,
      false,
    );
  return HEADER + rows * columns + product;
}

/**
 * One of the three products.
 *
 * @param x `[batch, height, width, channels]`
 * @param filter `[kernel height, kernel width, channels, out channels]`; or as
 * many of them as there are groups
 * @param y `[batch, out height, out width, out channels]`
 */
export function convolution(
  kind: i32,
  x: usize,
  filter: usize,
  y: usize,
  geometry: usize,
  scratch: usize,
): void {
  i32.store(scratch, 0);
  convolutionShare(kind, x, filter, y, geometry, scratch, scratch);
}

/**
 * A thread's share of {@link convolution}: groups that no other thread has
 * taken, until there are none.
 *
 * @param scratch of this thread alone
 * @param taken where the threads count the images that are taken; 0 at first
 */
export function convolutionShare(
  kind: i32,
  x: usize,
  filter: usize,
  y: usize,
  geometry: usize,
  scratch: usize,
  taken: usize,
): void {
  const batch = field(geometry, BATCH);
  const group = field(geometry, GROUP);
  const channels = field(geometry, OUT_CHANNELS);
  const columns = columnsOf(geometry);
  const xSize = imageSize(geometry);
  const ySize = <usize> (rowsOf(geometry) * channels) * FLOAT;
  const patches = scratch + <usize> HEADER * FLOAT;
  const product = patches +
    <usize> (group * rowsOf(geometry) * columns) * FLOAT;
  for (;;) {
    const first = atomic.add<i32>(taken, group);
    if (first >= batch) return;
    const images = min(group, batch - first);
    const rows = images * rowsOf(geometry);
    const from = x + <usize> first * xSize;
    const to = y + <usize> first * ySize;
    if (kind == INPUT) {
      matMul(
        to,
        filter,
        patches,
        rows,
        columns,
        channels,
        false,
        true,
        0,
        product,
      );
      memory.fill(from, 0, <usize> images * xSize);
      movePatches(from, patches, images, geometry, true);
      continue;
    }
    movePatches(from, patches, images, geometry, false);
    if (kind == OUTPUT) {
      matMul(
        patches,
        filter,
        to,
        rows,
        channels,
        columns,
        false,
        false,
        0,
        product,
      );
    } else {
      const part = <usize> (first / group * columns * channels) * FLOAT;
      matMul(
        patches,
        to,
        filter + part,
        columns,
        channels,
        rows,
        true,
        false,
        0,
        product,
      );
    }
  }
}
