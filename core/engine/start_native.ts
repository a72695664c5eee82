/**
 * Loads tfjs-node on every Node, quietly.
 *
 * @module
 */

import { createRequire } from "node:module";
import process from "node:process";
import util from "node:util";
import { UserError } from "../errors.ts";
import { ProvisionError } from "./native/failure.ts";
import { installFromCache } from "./native/provision.ts";
import { setThreadCount } from "./threads.ts";

const require = createRequire(import.meta.url);
let started: number | undefined;

/**
 * Loads the native engine with this many threads, unless it is loaded already.
 * Gives the number of threads it has.
 *
 * @throws {UserError} where it is not set up or does not load
 */
export async function loadNative(threads: number): Promise<number> {
  if (started !== undefined) return started;
  try {
    await installFromCache();
  } catch (error) {
    if (!(error instanceof ProvisionError)) throw error;
    throw new UserError(`Cannot start the native engine: ${error.message}`, {
      hint: error.hint,
      cause: error,
    });
  }
  // TensorFlow reads these once, when it makes its first session. Operations run
  // on one thread each, and side by side: compiled programs are made for that.
  Object.assign(process.env, {
    TF_NUM_INTRAOP_THREADS: "1",
    TF_NUM_INTEROP_THREADS: String(threads),
    OMP_NUM_THREADS: "1",
  });
  setThreadCount(threads);
  restoreUtil();
  withoutDeprecations(() => require("@tensorflow/tfjs-node"));
  started = threads;
  return threads;
}

/**
 * tfjs-node calls two functions of `node:util` that Node 23 removed and that
 * earlier ones complain about.
 */
function restoreUtil(): void {
  Object.assign(util, {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) =>
      value === null || value === undefined,
  });
}

/** Its dependencies are of an age that Node remarks on (`punycode`, `url.parse`). */
function withoutDeprecations(load: () => void): void {
  const kept = process.noDeprecation;
  process.noDeprecation = true;
  try {
    load();
  } finally {
    process.noDeprecation = kept ?? false;
  }
}
