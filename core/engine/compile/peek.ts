/**
 * Looks at the numbers of a tensor without computing with them.
 *
 * @module
 */

import type { NativeBackend, NativeBinding } from "../ops/native_op.ts";
import { type Tensor, tf } from "../tf.ts";

/** Whether a program is being traced: what runs has examples for inputs. */
export function isTraced(): boolean {
  if (tf.getBackend() !== "tensorflow") return false;
  // A trace puts a binding that records before the true one.
  const { binding } = tf.backend() as NativeBackend;
  return Object.hasOwn(binding, "executeOp") &&
    "executeOp" in Object.getPrototypeOf(binding);
}

/**
 * The numbers of a tensor, also while a program is traced: those of the example
 * that it is traced with. To see them must have no influence on what is computed
 * but to end it.
 */
export function peek(tensor: Tensor): Float32Array {
  if (!isTraced()) return tensor.dataSync() as Float32Array;
  const backend = tf.backend() as NativeBackend;
  const [id] = backend.getInputTensorIds([tensor]);
  // The recording one refuses to be read, and has the true one as its prototype.
  const { binding } = backend;
  const behind = Object.getPrototypeOf(binding) as NativeBinding;
  return behind.tensorDataSync(id!) as Float32Array;
}
