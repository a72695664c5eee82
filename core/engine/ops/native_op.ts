/**
 * One TensorFlow operation, run through tfjs-node. Every call ends in the
 * addon's `executeOp`, which is what the compiled step records.
 *
 * @module
 */

import type { KernelBackend, TensorInfo } from "@tensorflow/tfjs";

/** Attribute kinds an operation takes. */
type NativeAttribute =
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "int"; readonly value: number | readonly number[] }
  | { readonly type: "float"; readonly value: number }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "dtype"; readonly value: "float32" | "int32" | "bool" };

/** Attributes by name. */
export type NativeAttributes = Readonly<Record<string, NativeAttribute>>;

/** What tfjs-node's backend offers beyond the common interface. */
export interface NativeBackend extends KernelBackend {
  binding: NativeBinding;
  executeSingleOutput(
    name: string,
    attributes: readonly BindingAttribute[],
    inputs: readonly TensorInfo[],
  ): TensorInfo;
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
  createOutputTensor(metadata: BindingTensor): TensorInfo;
  getDTypeInteger(dtype: string): number;
}

/** An attribute as the addon takes it. */
export interface BindingAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** A tensor as the addon tells of it. */
export interface BindingTensor {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** The addon's functions and TensorFlow's enumerations. */
export interface NativeBinding {
  executeOp(
    name: string,
    attributes: readonly BindingAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): BindingTensor[];
  createTensor(
    shape: readonly number[],
    dtype: number,
    values: ArrayBufferView,
  ): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  loadSavedModel(path: string, tags: string): number;
  deleteSavedModel(id: number): void;
  runSavedModel(
    id: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): BindingTensor[];
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  readonly TF_UINT8: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
}

/** Runs TensorFlow's operation `name`, which has one output. */
export function nativeOp(
  backend: NativeBackend,
  name: string,
  attributes: NativeAttributes,
  inputs: readonly TensorInfo[],
): TensorInfo {
  return backend.executeSingleOutput(
    name,
    Object.entries(attributes).map(([key, attribute]) =>
      bindingAttribute(backend, key, attribute)
    ),
    inputs,
  );
}

function bindingAttribute(
  backend: NativeBackend,
  name: string,
  attribute: NativeAttribute,
): BindingAttribute {
  const { binding } = backend;
  switch (attribute.type) {
    case "bool":
      return { name, type: binding.TF_ATTR_BOOL, value: attribute.value };
    case "int":
      return { name, type: binding.TF_ATTR_INT, value: attribute.value };
    case "float":
      return { name, type: binding.TF_ATTR_FLOAT, value: attribute.value };
    case "string":
      return { name, type: binding.TF_ATTR_STRING, value: attribute.value };
    case "dtype":
      return {
        name,
        type: binding.TF_ATTR_TYPE,
        value: backend.getDTypeInteger(attribute.value),
      };
  }
}
