/** Arrays as IDX files have them: MNIST is known by their checksums. @module */

/** The file that holds an array of unsigned bytes. */
export function writeIdx(
  sizes: readonly number[],
  data: Uint8Array,
): Uint8Array {
  const header = 4 + 4 * sizes.length;
  const bytes = new Uint8Array(header + data.length);
  bytes.set([0, 0, 0x08, sizes.length]);
  const view = new DataView(bytes.buffer);
  sizes.forEach((size, i) => view.setUint32(4 + 4 * i, size));
  bytes.set(data, header);
  return bytes;
}
