/**
 * Convolutions, which have their channels last in TensorFlow and first in ONNX.
 *
 * @module
 */

import type { OnnxGraph } from "./onnx_graph.ts";
import type { Operator } from "./operator.ts";

/** A convolution of images `[B, H, W, C]` with filters `[h, w, C, O]`. */
export const convolve: Operator = ({ graph, inputs, attribute }) => {
  const padding = attribute("padding");
  const [, up, left, down, right] = quads(attribute("explicit_paddings"));
  const y = graph.add(
    "Conv",
    [first(graph, inputs[0]!), turned(graph, inputs[1]!, [3, 2, 0, 1])],
    {
      strides: { ints: middle(attribute("strides")) },
      dilations: { ints: middle(attribute("dilations")) },
      ...(padding === "EXPLICIT"
        ? { pads: { ints: [up!, left!, down!, right!] } }
        : {
          auto_pad: { s: padding === "SAME" ? "SAME_UPPER" : "VALID" },
        }),
    },
  );
  return [last(graph, y)];
};

/**
 * A transposed convolution, the gradient of one in its images: sizes `[B, H, W,
 * C]`, filters `[h, w, C, O]` and images `[B, h, w, O]`.
 */
export const convolveBack: Operator = (
  { graph, inputs, node, specs, attribute },
) => {
  const strides = middle(attribute("strides"));
  const wanted = node.outputs[0]!.shape.slice(1, 3);
  const given = specs[2]!.shape.slice(1, 3);
  const filter = specs[1]!.shape;
  const sides = wanted.map((size, i) => {
    const whole = (given[i]! - 1) * strides[i]! + filter[i]!;
    const cut = Math.max(0, whole - size);
    const before = attribute("padding") === "SAME" ? Math.floor(cut / 2) : 0;
    return { before, after: cut - before, more: Math.max(0, size - whole) };
  });
  const y = graph.add(
    "ConvTranspose",
    [first(graph, inputs[2]!), turned(graph, inputs[1]!, [3, 2, 0, 1])],
    {
      strides: { ints: strides },
      pads: {
        ints: [
          ...sides.map(({ before }) => before),
          ...sides.map(({ after }) => after),
        ],
      },
      output_padding: { ints: sides.map(({ more }) => more) },
    },
  );
  return [last(graph, y)];
};

function first(graph: OnnxGraph, images: string): string {
  return turned(graph, images, [0, 3, 1, 2]);
}

function last(graph: OnnxGraph, images: string): string {
  return turned(graph, images, [0, 2, 3, 1]);
}

function turned(graph: OnnxGraph, x: string, perm: readonly number[]): string {
  return graph.add("Transpose", [x], { perm: { ints: perm } });
}

/** Of height and width, out of four. */
function middle(four: unknown): readonly number[] {
  return Array.isArray(four) ? four.slice(1, 3) as number[] : [1, 1];
}

/** Paddings before and after each axis: up, left, down, right behind the batch's. */
function quads(paddings: unknown): readonly (number | undefined)[] {
  const [, , up, down, left, right] = Array.isArray(paddings)
    ? paddings as number[]
    : [];
  return [undefined, up, left, down, right];
}
