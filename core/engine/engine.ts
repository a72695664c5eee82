/**
 * The engines that run tensors: `native` (TensorFlow through tfjs-node), `wasm`
 * (embedded) and `cpu` (plain JavaScript, for tests).
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { UserError } from "../lib/errors.ts";
import { ProvisionError } from "./native/failure.ts";
import { locateNative } from "./native/locate.ts";
import type { ProvisionProgress } from "./native/provision.ts";
import { type NativeSite, nativeSite } from "./native/site.ts";
import { fusesMultiplyAdd } from "./wasm/relaxed_simd.ts";

/** Name of an engine. */
export type EngineName = "native" | "wasm" | "cpu";

/** What a person may ask for; `auto` is native where it can be had, else wasm. */
export type EngineChoice = "auto" | EngineName;

/** Which engine it is, without having started it. */
export interface EngineInfo {
  readonly name: EngineName;
  /** Enters the cache key: `tensorflow 2.21.0, tfjs-node 4.22.0`. */
  readonly version: string;
  /** Why `auto` did not choose the native engine; one sentence for the person. */
  readonly fallbackReason?: string;
}

/** A started engine. */
export interface Engine extends EngineInfo {
  readonly threads: number;
}

/** Options of {@link ensureEngine}. */
export interface EnsureEngineOptions {
  /** Told of the native engine's set-up, where one is needed. */
  readonly onProgress?: ProvisionProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What `setup` wants: check what is there, and try again what failed lately. */
  readonly repair?: boolean;
  readonly site?: NativeSite;
}

const require = createRequire(import.meta.url);

/**
 * Which engine a choice comes to on this machine as it is. Loads no TensorFlow
 * and fetches nothing; `native` that is still to be set up is described as it
 * will be.
 *
 * @throws {UserError} where `native` is wanted and cannot be had here
 */
export async function describeEngine(
  choice: EngineChoice,
  options: { readonly site?: NativeSite } = {},
): Promise<EngineInfo> {
  if (choice === "cpu") return { name: "cpu", version: tfjs("tfjs") };
  if (choice === "wasm") return wasm();
  const state = await locateNative(options.site ?? nativeSite());
  if (state.status === "ready" || state.status === "cached") {
    return native(state.tensorflow);
  }
  if (choice === "auto") return wasm(state.reason);
  if (state.status === "absent") return native(state.tensorflow);
  throw new UserError(`Cannot use the native engine: ${state.reason}`, {
    hint: state.hint,
  });
}

/**
 * As {@link describeEngine}, after having set up the native engine where it is
 * missing and wanted. With `auto` it never throws but the signal's reason: what
 * could not be had is the `fallbackReason` of wasm.
 *
 * @throws {UserError} where `native` is wanted and cannot be had
 */
export async function ensureEngine(
  choice: EngineChoice,
  options: EnsureEngineOptions = {},
): Promise<EngineInfo> {
  if (choice === "wasm" || choice === "cpu") {
    return await describeEngine(choice);
  }
  const site = options.site ?? nativeSite();
  const state = await locateNative(site);
  if (state.status === "ready" && !options.repair) {
    return native(state.tensorflow);
  }
  const { provisionNative } = await import("./native/provision.ts");
  try {
    // Who asks for the native engine by name gets a new attempt each time.
    const repair = options.repair ?? choice === "native";
    const { tensorflow } = await provisionNative({ ...options, site, repair });
    return native(tensorflow);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (choice === "auto") {
      return wasm(error instanceof Error ? error.message : String(error));
    }
    if (!(error instanceof ProvisionError)) throw error;
    throw new UserError(`Cannot set up the native engine: ${error.message}`, {
      hint: error.hint,
      cause: error,
    });
  }
}

function native(tensorflow: string): EngineInfo {
  return {
    name: "native",
    version: `tensorflow ${tensorflow}, ${tfjs("tfjs-node")}`,
  };
}

function wasm(fallbackReason?: string): EngineInfo {
  // Fused or not, sums differ in their last digits.
  const version = `${tfjs("tfjs-backend-wasm")}${
    fusesMultiplyAdd() ? ", fused multiply-add" : ""
  }`;
  return fallbackReason === undefined
    ? { name: "wasm", version }
    : { name: "wasm", version, fallbackReason };
}

/** `tfjs-node 4.22.0`; read from the package, which stays unloaded. */
function tfjs(name: "tfjs" | "tfjs-node" | "tfjs-backend-wasm"): string {
  const file = require.resolve(`@tensorflow/${name}/package.json`);
  const { version } = JSON.parse(readFileSync(file, "utf8")) as {
    version: string;
  };
  return `${name} ${version}`;
}
