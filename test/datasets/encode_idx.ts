/** IDX files, as bytes. @module */

/** The IDX file of unsigned bytes with the given sizes. */
export function encodeIdx(
  sizes: readonly number[],
  data: Uint8Array,
): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * sizes.length));
  header.setUint32(0, 0x0800 + sizes.length);
  sizes.forEach((size, i) => header.setUint32(4 + 4 * i, size));
  return Buffer.concat([new Uint8Array(header.buffer), data]);
}
