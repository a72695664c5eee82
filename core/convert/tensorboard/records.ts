/**
 * TensorFlow's record files: each record between its length and two checksums
 * (tensorflow/core/lib/io/record_writer.h).
 *
 * @module
 */

import { crc32c } from "@aws-crypto/crc32c";

/** The bytes of a file of `records`. */
export function encodeRecords(records: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(records.flatMap((record) => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(record.length));
    return [length, checksum(length), record, checksum(record)];
  }));
}

/** crc32c, rotated and shifted, so that it may itself be checksummed. */
function checksum(data: Uint8Array): Uint8Array {
  const crc = crc32c(data);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(
    ((((crc >>> 15) | (crc << 17)) >>> 0) + 0xa282ead8) % 2 ** 32,
  );
  return bytes;
}
