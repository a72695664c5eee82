/**
 * Of TensorFlow's wheel, only the two libraries and the few C headers that the
 * addon includes are unpacked.
 *
 * @module
 */

import { createWriteStream } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import * as yauzl from "yauzl";
import { makeFolder } from "../../lib/make_folder.ts";
import { ProvisionError } from "./failure.ts";
import type { Wheel } from "./wheels.ts";

/** Options of {@link unpackWheel}. */
export interface UnpackOptions {
  /** Libraries are put here, flat. */
  readonly libraries: string;
  /** Headers are put here, with the folders that `#include` names. */
  readonly headers: string;
  /** Bytes written, and in all. */
  readonly onBytes: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

const INCLUDE = "tensorflow/include/";

/** Progress is told in steps of this size. */
const REPORT_BYTES = 4e6;

/** What `binding/*.cc` of tfjs-node includes, and what that includes in turn. */
const HEADERS =
  /^(?:tensorflow\/c\/|tensorflow\/core\/platform\/ctstring|tsl\/platform\/ctstring|xla\/tsl\/c\/)/;

/** Unpacks what is needed of a wheel. */
export async function unpackWheel(
  file: string,
  wheel: Wheel,
  options: UnpackOptions,
): Promise<void> {
  const zip = await yauzl.openPromise(file, {
    lazyEntries: true,
    autoClose: false,
  });
  const missing = new Set(wheel.libraries);
  let [done, told] = [0, 0];
  try {
    for await (const entry of zip.eachEntry()) {
      const target = targetOf(entry.fileName, wheel, options);
      if (target === null) continue;
      await makeFolder(dirname(target));
      const source = await zip.openReadStreamPromise(entry);
      source.on("data", (chunk: Buffer) => {
        done += chunk.length;
        if (done - told < REPORT_BYTES) return;
        told = done;
        options.onBytes(done, wheel.libraryBytes);
      });
      await pipeline(
        source,
        createWriteStream(target),
        options.signal === undefined ? {} : { signal: options.signal },
      );
      missing.delete(entry.fileName);
    }
  } finally {
    zip.close();
  }
  if (missing.size > 0) {
    throw new ProvisionError(
      "hash",
      `${wheel.file} does not contain ${[...missing].join(", ")}`,
      {
        hint: "Report it: the pinned wheel is not the one that was meant",
      },
    );
  }
}

function targetOf(
  name: string,
  wheel: Wheel,
  options: UnpackOptions,
): string | null {
  if (wheel.libraries.includes(name)) {
    return join(options.libraries, name.slice(name.lastIndexOf("/") + 1));
  }
  if (!name.startsWith(INCLUDE) || name.endsWith("/")) return null;
  const header = name.slice(INCLUDE.length);
  return HEADERS.test(header) ? join(options.headers, header) : null;
}
