/** TensorFlow's operations by those of ONNX, of opset 17. @module */

import { convolve, convolveBack } from "./convolutions.ts";
import { erfc, expm1, lgamma, log1p, type Rendering } from "./functions.ts";
import { TYPES } from "./message.ts";
import type { ValueType } from "./onnx_graph.ts";
import type { Operator } from "./operator.ts";

/** By TensorFlow's number. */
const TENSORFLOW_TYPES: Readonly<Record<number, ValueType>> = {
  1: "float",
  2: "double",
  3: "int32",
  9: "int64",
  10: "bool",
};

/** ONNX's name of a type of TensorFlow's; undefined where it is not used here. */
export function typeOf(dtype: number): ValueType | undefined {
  return TENSORFLOW_TYPES[dtype];
}

/** The same operation, by its name there where it is another. */
const SAME = {
  Abs: "Abs",
  Add: "Add",
  AddN: "Sum",
  AddV2: "Add",
  BiasAdd: "Add",
  Ceil: "Ceil",
  Cos: "Cos",
  Div: "Div",
  Elu: "Elu",
  Equal: "Equal",
  Erf: "Erf",
  Exp: "Exp",
  Floor: "Floor",
  Greater: "Greater",
  GreaterEqual: "GreaterOrEqual",
  Identity: "Identity",
  Less: "Less",
  LessEqual: "LessOrEqual",
  Log: "Log",
  LogicalAnd: "And",
  LogicalNot: "Not",
  LogicalOr: "Or",
  Maximum: "Max",
  Minimum: "Min",
  Mul: "Mul",
  Neg: "Neg",
  Pow: "Pow",
  RealDiv: "Div",
  Reciprocal: "Reciprocal",
  Relu: "Relu",
  // They broadcast there.
  Select: "Where",
  SelectV2: "Where",
  Sigmoid: "Sigmoid",
  Sign: "Sign",
  Sin: "Sin",
  Softplus: "Softplus",
  Sqrt: "Sqrt",
  Sub: "Sub",
  Tanh: "Tanh",
} as const;

const same = (op: string): Operator => ({ graph, inputs }) => [
  graph.add(op, inputs),
];

const rendered = (render: Rendering): Operator => ({ graph, inputs }) => [
  render(graph, inputs[0]!),
];

/** Reduces along axes that are a constant. */
const reduced = (op: string): Operator => ({ graph, inputs, ...job }) => {
  const keepdims = { i: Number(job.attribute("keep_dims") === true) };
  const axes = job.numbers(1);
  // Of these only the sum has its axes as an input in opset 17.
  return op === "ReduceSum"
    ? [graph.add(op, [inputs[0]!, graph.integers(axes)], { keepdims })]
    : [graph.add(op, [inputs[0]!], { keepdims, axes: { ints: axes } })];
};

const product: Operator = ({ graph, inputs, specs, attribute }) => {
  const sides = inputs.map((input, i) => {
    const names = i === 0 ? ["transpose_a", "adj_x"] : ["transpose_b", "adj_y"];
    if (!names.some((name) => attribute(name) === true)) return input;
    const last = specs[i]!.shape.length - 1;
    const perm = specs[i]!.shape.map((_, axis) =>
      axis === last ? last - 1 : axis === last - 1 ? last : axis
    );
    return graph.add("Transpose", [input], { perm: { ints: perm } });
  });
  return [graph.add("MatMul", sides)];
};

/** What ONNX is told, by TensorFlow's operation. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  ...Object.fromEntries(
    Object.entries(SAME).map(([name, op]) => [name, same(op)]),
  ),
  Erfc: rendered(erfc),
  Expm1: rendered(expm1),
  Lgamma: rendered(lgamma),
  Log1p: rendered(log1p),
  Max: reduced("ReduceMax"),
  Mean: reduced("ReduceMean"),
  Min: reduced("ReduceMin"),
  Prod: reduced("ReduceProd"),
  Sum: reduced("ReduceSum"),
  BatchMatMulV2: product,
  MatMul: product,
  Conv2D: convolve,
  Conv2DBackpropInput: convolveBack,
  BroadcastTo: ({ graph, inputs, sizes }) => [
    graph.add("Expand", [inputs[0]!, sizes(1)]),
  ],
  Cast: ({ graph, inputs, node }) => {
    const type = typeOf(node.outputs[0]!.dtype);
    return type === undefined
      ? []
      : [graph.add("Cast", inputs, { to: { i: TYPES[type] } })];
  },
  ConcatV2: ({ graph, inputs, numbers }) => {
    const [axis] = numbers(inputs.length - 1);
    return [graph.add("Concat", inputs.slice(0, -1), { axis: { i: axis! } })];
  },
  DepthToSpace: ({ graph, inputs, attribute }) => {
    const blocksize = { i: Number(attribute("block_size")) };
    const turned = graph.add("Transpose", inputs, { perm: { ints: FIRST } });
    const wide = graph.add("DepthToSpace", [turned], { blocksize });
    return [graph.add("Transpose", [wide], { perm: { ints: LAST } })];
  },
  ExpandDims: ({ graph, inputs, numbers }) => [
    graph.add("Unsqueeze", [inputs[0]!, graph.integers(numbers(1))]),
  ],
  PadV2: ({ graph, inputs, numbers }) => {
    const pads = numbers(1);
    const starts = pads.filter((_, i) => i % 2 === 0);
    const ends = pads.filter((_, i) => i % 2 === 1);
    const all = graph.integers([...starts, ...ends]);
    return [graph.add("Pad", [inputs[0]!, all, inputs[2]!])];
  },
  Reshape: ({ graph, inputs, numbers }) => [
    graph.add("Reshape", [inputs[0]!, graph.integers(numbers(1))]),
  ],
  ReverseV2: ({ graph, inputs, numbers, specs }) => {
    const axes = numbers(1).filter((axis) => specs[0]!.shape[axis]! > 1);
    const each = (value: number) => graph.integers(axes.map(() => value));
    return axes.length === 0 ? [inputs[0]!] : [
      // Backwards, past the first.
      graph.add("Slice", [
        inputs[0]!,
        each(-1),
        each(-(2 ** 31)),
        graph.integers(axes),
        each(-1),
      ]),
    ];
  },
  Rsqrt: ({ graph, inputs }) => [
    graph.add("Reciprocal", [graph.add("Sqrt", inputs)]),
  ],
  Slice: ({ graph, inputs, numbers }) => {
    const starts = numbers(1);
    const ends = numbers(2).map((size, i) =>
      size < 0 ? 2 ** 31 : starts[i]! + size
    );
    return [
      graph.add("Slice", [
        inputs[0]!,
        graph.integers(starts),
        graph.integers(ends),
      ]),
    ];
  },
  SplitV: ({ graph, inputs, numbers, node }) =>
    graph.split("Split", [inputs[0]!, graph.integers(numbers(1))], {
      attributes: { axis: { i: numbers(2)[0]! } },
      outputs: node.outputs.length,
    }),
  Square: ({ graph, inputs: [x] }) => [graph.add("Mul", [x!, x!])],
  Tile: ({ graph, inputs, sizes }) => [
    graph.add("Tile", [inputs[0]!, sizes(1)]),
  ],
  Transpose: ({ graph, inputs, numbers }) => [
    graph.add("Transpose", [inputs[0]!], { perm: { ints: numbers(1) } }),
  ],
  // Not a product, which keeps what is no number.
  ZerosLike: ({ graph, inputs }) => {
    const zeros = graph.add("ConstantOfShape", [graph.add("Shape", inputs)]);
    return [graph.add("CastLike", [zeros, inputs[0]!])];
  },
};

/** Channels first, and last. */
const FIRST = [0, 3, 1, 2];
const LAST = [0, 2, 3, 1];
