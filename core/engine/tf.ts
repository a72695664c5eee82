/**
 * TensorFlow.js, loaded at its first use: a command that only reads the store
 * (a cached `run`, `status`, `--help`) never pays for it.
 *
 * @module
 */

import { createRequire } from "node:module";
import type * as tfjs from "@tensorflow/tfjs";

export type {
  NamedTensorMap,
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor3D,
  Tensor4D,
} from "@tensorflow/tfjs";

const require = createRequire(import.meta.url);
let loaded: typeof tfjs | undefined;

/**
 * The TensorFlow.js namespace (`tf.add`, `tf.matMul` ...), one instance for the
 * core and every plugin.
 */
export const tf: typeof tfjs = new Proxy({} as typeof tfjs, {
  get: (_, name) => Reflect.get(load(), name),
  has: (_, name) => Reflect.has(load(), name),
});

/** Whether TensorFlow.js has been loaded in this process. */
export function isTensorFlowLoaded(): boolean {
  return loaded !== undefined;
}

function load(): typeof tfjs {
  loaded ??= require("@tensorflow/tfjs") as typeof tfjs;
  return loaded;
}
