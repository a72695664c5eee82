/**
 * Sizes of a convolution: an array of 32-bit integers in memory, as
 * ../convolution.ts lays it out.
 *
 * @module
 */

const FLOAT: usize = 4;

// Their places.
export const BATCH: i32 = 0;
export const HEIGHT: i32 = 1;
export const WIDTH: i32 = 2;
export const CHANNELS: i32 = 3;
export const OUT_HEIGHT: i32 = 4;
export const OUT_WIDTH: i32 = 5;
export const OUT_CHANNELS: i32 = 6;
export const KERNEL_HEIGHT: i32 = 7;
export const KERNEL_WIDTH: i32 = 8;
export const STRIDE_Y: i32 = 9;
export const STRIDE_X: i32 = 10;
export const TOP: i32 = 11;
export const LEFT: i32 = 12;
export const GROUP: i32 = 13;

/** The size at a place. */
export function field(geometry: usize, place: i32): i32 {
  return i32.load(geometry + <usize> place * 4);
}

/** Entries of an image's output. */
export function rowsOf(geometry: usize): i32 {
  return field(geometry, OUT_HEIGHT) * field(geometry, OUT_WIDTH);
}

/** Entries of a patch. */
export function columnsOf(geometry: usize): i32 {
  return field(geometry, KERNEL_HEIGHT) * field(geometry, KERNEL_WIDTH) *
    field(geometry, CHANNELS);
}

/** Bytes of an image. */
export function imageSize(geometry: usize): usize {
  return <usize> (field(geometry, HEIGHT) * field(geometry, WIDTH) *
    field(geometry, CHANNELS)) * FLOAT;
}
