/**
 * The engines that run tensors: `native` (TensorFlow through tfjs-node), `wasm`
 * (embedded) and `cpu` (plain JavaScript, for tests).
 *
 * @module
 */

/** Name of an engine. */
export type EngineName = "native" | "wasm" | "cpu";

/** What a person may ask for; `auto` is native where it can be had, else wasm. */
export type EngineChoice = "auto" | EngineName;

/** Which engine it is, without having started it. */
export interface EngineInfo {
  readonly name: EngineName;
  /** Enters the cache key: `tensorflow 2.21.0, tfjs 4.22.0`. */
  readonly version: string;
  /** Why `auto` did not choose the native engine; one sentence for the person. */
  readonly fallbackReason?: string;
}

/** A started engine. */
export interface Engine extends EngineInfo {
  readonly threads: number;
}
