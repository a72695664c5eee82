/** A picture read back by pngjs, which wants a buffer. @module */

import { PNG } from "pngjs";

export function readPng(bytes: Uint8Array): PNG {
  return PNG.sync.read(Buffer.from(bytes));
}
