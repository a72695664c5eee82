/**
 * Patches of images: a row for each entry of a convolution's output, with what
 * it sees, `[kernel height, kernel width, channels]`.
 *
 * @module
 */

import {
  CHANNELS,
  field,
  HEIGHT,
  KERNEL_HEIGHT,
  KERNEL_WIDTH,
  LEFT,
  OUT_HEIGHT,
  OUT_WIDTH,
  STRIDE_X,
  STRIDE_Y,
  TOP,
  WIDTH,
} from "./geometry";

const FLOAT: usize = 4;

/** Fills the patches from images, or adds them to the images. */
export function movePatches(
  x: usize,
  patches: usize,
  images: i32,
  geometry: usize,
  add: bool,
): void {
  const height = field(geometry, HEIGHT);
  const width = field(geometry, WIDTH);
  const channels = field(geometry, CHANNELS);
  const outHeight = field(geometry, OUT_HEIGHT);
  const outWidth = field(geometry, OUT_WIDTH);
  const kernelHeight = field(geometry, KERNEL_HEIGHT);
  const kernelWidth = field(geometry, KERNEL_WIDTH);
  const strideY = field(geometry, STRIDE_Y);
  const strideX = field(geometry, STRIDE_X);
  const top = field(geometry, TOP);
  const left = field(geometry, LEFT);
  const pixel = <usize> channels * FLOAT;
  const row = <usize> kernelWidth * pixel;
  for (let image = 0; image < images; image++) {
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        const begin = j * strideX - left;
        // Columns of the kernel that lie within the image.
        const skipped = max(0, -begin);
        const end = min(kernelWidth, width - begin);
        const before = <usize> skipped * pixel;
        const size = end > skipped ? <usize> (end - skipped) * pixel : 0;
        for (let p = 0; p < kernelHeight; p++) {
          const line = i * strideY - top + p;
          const within = line >= 0 && line < height && size > 0;
          const at = x + <usize> (line * width + begin + skipped) * pixel;
          if (add) {
            if (within) addFloats(patches + before, at, size);
          } else if (within) {
            if (size < row) memory.fill(patches, 0, row);
            copyFloats(at, patches + before, size);
          } else memory.fill(patches, 0, row);
          patches += row;
        }
      }
    }
    x += <usize> (height * width) * pixel;
  }
}

/** Few floats are copied sooner than a copy of many has started. */
function copyFloats(from: usize, to: usize, size: usize): void {
  if (size > 256) return memory.copy(to, from, size);
  let at: usize = 0;
  for (; at + 16 <= size; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < size; at += FLOAT) f32.store(to + at, f32.load(from + at));
}

function addFloats(from: usize, to: usize, size: usize): void {
  let at: usize = 0;
  for (; at + 16 <= size; at += 16) {
    v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
  }
  for (; at < size; at += FLOAT) {
    f32.store(to + at, f32.load(to + at) + f32.load(from + at));
  }
}
