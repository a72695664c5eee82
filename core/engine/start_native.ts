/**
 * Starts the native engine.
 *
 * @module
 */

import process from "node:process";
import { messageOf, UserError } from "../lib/errors.ts";
import { ProvisionError } from "./native/failure.ts";
import { loadHint } from "./native/load_failure.ts";
import { installFromCache } from "./native/provision.ts";
import { loadTfjsNode } from "./tfjs_node.ts";
import { setThreadCount } from "./threads.ts";

let started: number | undefined;

/**
 * Loads the native engine with this many threads, unless it is loaded already.
 * Gives the number of threads it has.
 *
 * @throws {UserError} where it is not set up or does not load
 */
export async function loadNative(threads: number): Promise<number> {
  if (started !== undefined) return started;
  let addon;
  try {
    addon = await installFromCache();
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
  try {
    loadTfjsNode(addon);
  } catch (error) {
    throw new UserError(
      `Cannot start the native engine: it does not load: ${messageOf(error)}`,
      { hint: loadHint(process.env), cause: error },
    );
  }
  started = threads;
  return threads;
}
