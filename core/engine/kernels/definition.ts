/**
 * What a kernel is: one computation in two renderings, TensorFlow operations
 * for the native engine and numbers in float64 for wasm and cpu, and its
 * derivatives.
 *
 * @module
 */

import type { BindingTensor } from "../ops/native_op.ts";
import type { Tensor } from "../tf.ts";
import type { KernelAttributes, KernelName } from "./call.ts";
import type { NativeGraph } from "./native_graph.ts";

/** A function of numbers. */
type ScalarFunction = (...inputs: number[]) => number;

/** A tensor's data where it can be read. */
export interface PortableTensor {
  readonly values: Float32Array | Int32Array | Uint8Array;
  readonly shape: readonly number[];
}

/** What every kernel has. */
interface KernelBase {
  readonly name: KernelName;
  /** Names of the inputs, in order. */
  readonly inputs: readonly string[];
  /** Builds the result from TensorFlow operations only, so it can be compiled. */
  native(
    graph: NativeGraph,
    inputs: readonly BindingTensor[],
    attributes: KernelAttributes,
  ): BindingTensor;
  /**
   * The derivative with respect to each input, element by element, from the
   * inputs and the output. An input left out cannot be differentiated.
   */
  readonly derivatives?: Readonly<
    Record<
      string,
      (saved: readonly Tensor[], attributes: KernelAttributes) => Tensor
    >
  >;
}

/** A kernel that works element by element on inputs of one shape. */
export interface ElementwiseKernel extends KernelBase {
  readonly kind: "elementwise";
  readonly scalar: ScalarFunction;
}

/** A kernel that fills an output of a shape of its own. */
export interface GeneralKernel extends KernelBase {
  readonly kind: "general";
  /** Makes the float32 output. */
  portable(
    inputs: readonly PortableTensor[],
    attributes: KernelAttributes,
  ): { readonly values: Float32Array; readonly shape: readonly number[] };
}

/** A kernel. */
export type KernelDefinition = ElementwiseKernel | GeneralKernel;
