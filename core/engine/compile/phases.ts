/**
 * Transposed convolutions to few channels, such as a decoder's last layer, as
 * one convolution of all phases of the stride and a rearrangement of channels to
 * pixels (Shi et al. 2016, "Real-time single image and video super-resolution
 * using an efficient sub-pixel convolutional neural network", section 3.2):
 * TensorFlow's own takes three times as long there.
 *
 * @module
 */

import type { BindingAttribute, NativeBinding } from "../ops/native_op.ts";
import {
  type Constant,
  type Graph,
  type GraphNode,
  INT32,
  integers,
  type Operation,
  type Reference,
  specOf,
} from "./graph.ts";

/** Channels up to which it is worth the zeros among the phases' filters. */
const FEW = 4;

/** The same computation with these convolutions by phases. */
export function byPhases(binding: NativeBinding, graph: Graph): Graph {
  const nodes: GraphNode[] = [];
  const moved: number[] = [];
  const place = (reference: Reference): Reference => ({
    ...reference,
    node: moved[reference.node]!,
  });
  for (const node of graph.nodes) {
    if (node.kind !== "op") nodes.push(node);
    else {
      const plan = planOf(graph, node);
      const inputs = node.inputs.map(place);
      if (plan === null) nodes.push({ ...node, inputs });
      else addPhases(binding, nodes, { ...node, inputs }, plan);
    }
    moved.push(nodes.length - 1);
  }
  const outputs = Object.entries(graph.outputs).map(([name, reference]) =>
    [name, place(reference)] as const
  );
  return { nodes, outputs: Object.fromEntries(outputs) };
}

/** Sizes of one axis; both are alike. */
interface Plan {
  readonly stride: number;
  /** Entries of the small image that an entry of a phase sees. */
  readonly seen: number;
  /** Of these, how many lie before and after it. */
  readonly before: number;
  readonly after: number;
  readonly filter: readonly [number, number, number, number];
  /** `[B, h, w, O]` */
  readonly small: readonly number[];
  readonly first: number;
}

function planOf(graph: Graph, node: Operation): Plan | null {
  if (node.op !== "Conv2DBackpropInput") return null;
  const filter = specOf(graph, node.inputs[1]!).shape as Plan["filter"];
  const small = specOf(graph, node.inputs[2]!).shape;
  const large = node.outputs[0]!.shape;
  const [, stride, other] = valueOf(node, "strides") as number[];
  const [kernel, width, channels] = filter;
  const fits = valueOf(node, "data_format") === "NHWC" &&
    valueOf(node, "padding") === "SAME" && stride === other &&
    kernel === width && stride! > 1 && kernel >= stride! &&
    channels <= FEW &&
    [1, 2].every((axis) => large[axis] === small[axis]! * stride!) &&
    (valueOf(node, "dilations") as number[]).every((dilation) =>
      dilation === 1
    );
  if (!fits) return null;
  // Pixel y = stride q + phase has filter[p] of pixel q - d of the small image,
  // where p = stride d + phase + pad.
  const pad = Math.floor((kernel - stride!) / 2);
  const before = Math.floor((kernel - 1 - pad) / stride!);
  const after = Math.floor((stride! - 1 + pad) / stride!);
  return {
    stride: stride!,
    seen: before + after + 1,
    before,
    after,
    filter,
    small,
    first: pad - stride! * after,
  };
}

function addPhases(
  binding: NativeBinding,
  nodes: GraphNode[],
  node: Operation,
  plan: Plan,
): void {
  const { stride, seen, filter: [kernel, , channels, outputs] } = plan;
  const dtype = binding.TF_FLOAT;
  const add = (node: GraphNode): Reference => ({
    node: nodes.push(node) - 1,
    output: 0,
  });
  const type = (name: string, value = INT32): BindingAttribute => ({
    name,
    type: binding.TF_ATTR_TYPE,
    value,
  });
  const op = (
    name: string,
    inputs: readonly Reference[],
    shape: readonly number[],
    ...attributes: BindingAttribute[]
  ) =>
    add({
      kind: "op",
      op: name,
      inputs,
      attributes: [type("T", dtype), ...attributes],
      outputs: [{ dtype, shape }],
    });
  const list = (...values: number[]) => add(integers(values));
  const [, filter, dy] = node.inputs as [Reference, Reference, Reference];
  const side = stride * seen;
  const [top, bottom] = [-plan.first, side - kernel + plan.first];
  const margins: Constant = {
    ...integers([top, bottom, top, bottom, 0, 0, 0, 0]),
    shape: [4, 2],
  };
  const wide = op(
    "PadV2",
    [filter, add(margins), add({ ...ZERO, dtype })],
    [side, side, channels, outputs],
    type("Tpaddings"),
  );
  const blocks = [seen, stride, seen, stride, channels, outputs];
  const split = op("Reshape", [wide, list(...blocks)], blocks, type("Tshape"));
  const turned = op("ReverseV2", [split, list(0, 2)], blocks, type("Tidx"));
  const order = [0, 2, 5, 1, 3, 4];
  const phases = op(
    "Transpose",
    [turned, list(...order)],
    order.map((axis) => blocks[axis]!),
    type("Tperm"),
  );
  const all = stride * stride * channels;
  const shape = [seen, seen, outputs, all];
  const filters = op(
    "Reshape",
    [phases, list(...shape)],
    shape,
    type("Tshape"),
  );
  const { before, after } = plan;
  const value = (name: string, kind: number, value: unknown) => ({
    name,
    type: kind,
    value,
  });
  const { TF_ATTR_INT: int, TF_ATTR_STRING: text } = binding;
  const made = op(
    "Conv2D",
    [dy, filters],
    [...plan.small.slice(0, 3), all],
    value("strides", int, [1, 1, 1, 1]),
    value("dilations", int, [1, 1, 1, 1]),
    value("padding", text, "EXPLICIT"),
    value("explicit_paddings", int, [0, 0, before, after, before, after, 0, 0]),
    value("data_format", text, "NHWC"),
  );
  op(
    "DepthToSpace",
    [made],
    node.outputs[0]!.shape,
    value("block_size", int, stride),
    value("data_format", text, "NHWC"),
  );
}

const ZERO: Constant = {
  kind: "const",
  dtype: 1,
  shape: [],
  values: Float32Array.of(0),
  origin: () => "the compiler",
};

function valueOf(node: Operation, name: string): unknown {
  return node.attributes.find((attribute) => attribute.name === name)?.value;
}
