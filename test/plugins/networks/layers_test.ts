// What the layers of plugins/networks/ compute, by hand.

import { beforeAll, expect, test } from "vitest";
import {
  convolutionParameters,
  type NetworkReference,
  type NetworkWeights,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tf,
  transposedConvolutionParameters,
} from "../../../core/mod.ts";
import { conv, mlp, resnet } from "../../../plugins/networks/mod.ts";
import { useBackend } from "../../engine/backends.ts";
import { resolved } from "../../vae/parts.ts";

beforeAll(() => useBackend("cpu"));

const PIXEL = { height: 1, width: 2, channels: 1 };

function build(reference: NetworkReference, image = PIXEL) {
  const { definition, options } = resolved(reference);
  return definition.create(options, image);
}

function shapes(reference: NetworkReference, latentWidth: number) {
  const image = { height: 28, width: 28, channels: 1 };
  const { encoder, decoder } = build(reference, image);
  const all = {
    ...encoder.parameters,
    ...decoder({ latentWidth, outputs: 1 }).parameters,
  };
  return Object.entries(all).filter(([path]) => path.endsWith("kernel"))
    .map(([path, { shape }]) => [path, shape.join("x")]);
}

function first(activation: "elu" | "gelu" | "tanh" | "gated", x: number) {
  const { encoder } = build(mlp({ hidden: [1], activation }));
  const gated = activation === "gated";
  const weights = {
    "encoder/0/kernel": tf.tensor2d(gated ? [[1, 0.5], [0, 0]] : [[1], [0]]),
    "encoder/0/bias": tf.tensor1d(gated ? [0, 0.25] : [0]),
  };
  const images = tf.tensor4d([[[[x], [9]]]]);
  return encoder.apply(weights, images).dataSync()[0]!;
}

test.each(
  [
    ["elu", Math.exp(-0.7) - 1],
    ["gelu", -0.7 * 0.24196365222],
    ["tanh", Math.tanh(-0.7)],
    ["gated", -0.7 / (1 + Math.exp(-(0.5 * -0.7 + 0.25)))],
  ] as const,
)("%s of -0.7", (activation, wanted) => {
  expect(first(activation, -0.7)).toBeCloseTo(wanted, 5);
});

test("a residual layer adds its input where the widths agree", () => {
  const apply = (residual: boolean) => {
    const { encoder } = build(mlp({ hidden: [3, 3], residual }));
    const weights: NetworkWeights = {
      "encoder/0/kernel": tf.ones([2, 3]),
      "encoder/0/bias": tf.zeros([3]),
      "encoder/1/kernel": tf.zeros([3, 3]),
      "encoder/1/bias": tf.ones([3]),
    };
    const images: Tensor4D = tf.tensor4d([[[[1], [2]]]]);
    return [...encoder.apply(weights, images).dataSync()];
  };
  expect(apply(false)).toEqual([1, 1, 1]);
  expect(apply(true)).toEqual([4, 4, 4]);
});

test("residual with no two equal widths is an error", () => {
  expect(() => build(mlp({ residual: true })))
    .toThrow(/"residual" is set, and neither "hidden" \(400\)/);
});

test("a stride above the filters' size is an error", () => {
  expect(() => build(conv({ stride: 4 })))
    .toThrow('"stride" is 4, want at most "size", which is 3');
});

test("the gated network of Tomczak and Welling 2018", () => {
  const network = mlp({ hidden: [300, 300], activation: "gated" });
  expect(shapes(network, 40)).toEqual([
    ["encoder/0/kernel", "784x600"],
    ["encoder/1/kernel", "300x600"],
    ["decoder/0/kernel", "40x600"],
    ["decoder/1/kernel", "300x600"],
    ["output/kernel", "300x784"],
  ]);
});

test("the convolutions down to 7x7 and up again", () => {
  expect(shapes(conv(), 20)).toEqual([
    ["encoder/0/kernel", "3x3x1x32"],
    ["encoder/1/kernel", "3x3x32x64"],
    ["encoder/dense/kernel", "3136x256"],
    ["decoder/dense/kernel", "20x256"],
    ["decoder/maps/kernel", "256x3136"],
    ["decoder/1/kernel", "3x3x32x64"],
    ["output/kernel", "3x3x1x32"],
  ]);
});

test("filters start as PyTorch's do", () => {
  const sizes = { size: 3, inputs: 4, outputs: 9 };
  const largest = (parameters: ReturnType<typeof convolutionParameters>) =>
    parameters["a/kernel"]!.initial(() => 1)[0];
  expect(largest(convolutionParameters("a", sizes))).toBeCloseTo(1 / 6);
  expect(largest(transposedConvolutionParameters("a", sizes)))
    .toBeCloseTo(1 / 9);
});

test("nearest upsampling repeats pixels, and cuts what is over", () => {
  const image = { height: 3, width: 3, channels: 1 };
  const network = build(
    resnet({ widths: [1], up: "nearest", dense: null }),
    image,
  );
  const { parameters, apply } = network.decoder({ latentWidth: 4, outputs: 1 });
  const zeros = Object.entries(parameters)
    .map(([path, { shape }]): [string, Tensor] => [path, tf.zeros([...shape])]);
  const centre = [0, 0, 0, 0, 1, 0, 0, 0, 0];
  const weights: NetworkWeights = {
    ...Object.fromEntries(zeros),
    "decoder/maps/kernel": tf.eye(4),
    "output/kernel": tf.tensor4d(centre, [3, 3, 1, 1]),
  };
  const latent: Tensor2D = tf.tensor2d([[1, 2, 3, 4]]);
  expect([...apply(weights, latent).dataSync()])
    .toEqual([1, 1, 2, 1, 1, 2, 3, 3, 4]);
});
