/**
 * Convolutions and their gradients on wasm by our own module, in place of the
 * package's, which has slow ones for gradients, and none for a filter's.
 *
 * @module
 */

import type { Conv2DAttrs, TensorInfo } from "@tensorflow/tfjs";
import { tf } from "../tf.ts";
import {
  pointer,
  requireFloats,
  type WasmBackend,
  wasmFunctions,
} from "./module.ts";
import { type KernelCall, replaceKernel } from "./replace.ts";
import { sizeOfShape } from "../../lib/tensor_shape.ts";

/** Which of the three is made of the others, as assembly/convolution.ts counts them. */
const MADE = { y: 0, x: 1, filter: 2 } as const;

type Sizes = ReturnType<typeof tf.backend_util.computeConv2DInfo>;
/** `[batch, height, width, channels]`. */
type Shape = [number, number, number, number];

/** Floats of patches that are made at a time: they are to stay in a cache. */
const PATCHES = 2 ** 17;

/** Replaces the package's convolutions. */
export function registerConvolutions(): void {
  const { kernelFunc: packaged } = tf.getKernel("Conv2D", "wasm");
  replaceKernel("Conv2D", (call) => {
    const sizes = sizesOf(call, shape(call, "x"), shape(call, "filter"));
    const ours = sizes.dilationHeight === 1 && sizes.dilationWidth === 1;
    return ours ? output(call, sizes) : packaged(call) as TensorInfo;
  });
  replaceKernel("Conv2DBackpropInput", inputGradient);
  replaceKernel("Conv2DBackpropFilter", filterGradient);
}

function output({ inputs, backend }: KernelCall, sizes: Sizes): TensorInfo {
  const { x, filter } = inputs as Record<"x" | "filter", TensorInfo>;
  const y = made(backend, sizes.outShape);
  run(backend as WasmBackend, "y", sizes, { x, filter, y });
  return y;
}

function inputGradient(call: KernelCall): TensorInfo {
  const { dy, filter } = call.inputs as Record<"dy" | "filter", TensorInfo>;
  const { inputShape } = call.attrs as { inputShape: Shape };
  const sizes = sizesOf(call, inputShape, shape(call, "filter"));
  const x = made(call.backend, inputShape);
  run(call.backend as WasmBackend, "x", sizes, { x, filter, y: dy });
  return x;
}

function filterGradient(call: KernelCall): TensorInfo {
  const { x, dy } = call.inputs as Record<"x" | "dy", TensorInfo>;
  const { filterShape } = call.attrs as { filterShape: Shape };
  const sizes = sizesOf(call, shape(call, "x"), filterShape);
  const backend = call.backend as WasmBackend;
  const parts = Math.ceil(sizes.batchSize / groupOf(sizes));
  const each = made(backend, [parts, ...filterShape]);
  run(backend, "filter", sizes, { x, filter: each, y: dy });
  if (parts === 1) return { ...each, shape: filterShape };
  // Added up in their order, whoever made them.
  const sum = made(backend, filterShape);
  wasmFunctions(backend).columnSums(
    pointer(backend, each),
    pointer(backend, sum),
    parts,
    sizeOfShape(filterShape),
  );
  backend.disposeData(each.dataId);
  return sum;
}

function run(
  backend: WasmBackend,
  making: keyof typeof MADE,
  sizes: Sizes,
  tensors: Readonly<Record<keyof typeof MADE, TensorInfo>>,
): void {
  requireFloats("a convolution", tensors, {
    x: sizes.inShape,
    y: sizes.outShape,
    filter: making === "filter" ? tensors.filter.shape : sizes.filterShape,
  });
  const functions = wasmFunctions(backend);
  const geometry = Int32Array.of(
    sizes.batchSize,
    sizes.inHeight,
    sizes.inWidth,
    sizes.inChannels,
    sizes.outHeight,
    sizes.outWidth,
    sizes.outChannels,
    sizes.filterHeight,
    sizes.filterWidth,
    sizes.strideHeight,
    sizes.strideWidth,
    sizes.padInfo.top,
    sizes.padInfo.left,
    groupOf(sizes),
  );
  const dataId = backend.write(geometry, [geometry.length], "int32");
  const at = backend.dataIdMap.get(dataId).memoryOffset;
  const kind = MADE[making];
  const scratch = backend.wasm._malloc(
    4 * functions.convolutionFloats(kind, at),
  );
  functions.convolution(
    kind,
    pointer(backend, tensors.x),
    pointer(backend, tensors.filter),
    pointer(backend, tensors.y),
    at,
    scratch,
  );
  backend.wasm._free(scratch);
  backend.disposeData(dataId);
}

/** Images done at a time: as many whatever the number of threads. */
function groupOf(sizes: Sizes): number {
  const { outHeight, outWidth, filterHeight, filterWidth, inChannels } = sizes;
  const patches = outHeight * outWidth * filterHeight * filterWidth *
    inChannels;
  const most = Math.max(1, Math.floor(PATCHES / patches));
  return Math.min(most, sizes.batchSize);
}

function sizesOf({ attrs }: KernelCall, input: Shape, filter: Shape): Sizes {
  const { strides, dilations, pad, dimRoundingMode, dataFormat } =
    attrs as unknown as Conv2DAttrs;
  const format = tf.backend_util.convertConv2DDataFormat(dataFormat);
  if (format !== "channelsLast") {
    throw new Error(
      `Cannot run a convolution on wasm: data format is ${dataFormat}, want NHWC`,
    );
  }
  return tf.backend_util.computeConv2DInfo(
    input,
    filter,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    false,
    format,
  );
}

function shape({ inputs }: KernelCall, name: string): Shape {
  return inputs[name]!.shape as Shape;
}

function made(backend: unknown, shape: readonly number[]): TensorInfo {
  return (backend as WasmBackend).makeOutput(shape, "float32");
}
