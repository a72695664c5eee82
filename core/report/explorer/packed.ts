/**
 * Arrays as 16-bit whole numbers in base64: half the size of float32, and off by
 * at most 1 / 65534 of the largest number in the array. Runs in the page, too.
 *
 * @module
 */

import type { PackedArray } from "./data.ts";

const MOST = 32767;
/** Arguments of one call, at most. */
const CHUNK = 0x8000;

/** Packs numbers; all must be finite. */
export function pack(values: ArrayLike<number>): PackedArray {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    most = Math.max(most, Math.abs(values[i]!));
  }
  const scale = most / MOST;
  const bytes = new Uint8Array(values.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) {
    view.setInt16(2 * i, scale > 0 ? Math.round(values[i]! / scale) : 0, true);
  }
  let text = "";
  for (let start = 0; start < bytes.length; start += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return { scale, data: btoa(text) };
}

/** What {@link pack} was given, within half a unit of the scale. */
export function unpack({ scale, data }: PackedArray): Float32Array {
  const text = atob(data);
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from(
    { length: bytes.length / 2 },
    (_, i) => scale * view.getInt16(2 * i, true),
  );
}
