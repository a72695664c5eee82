/**
 * Every op that a plugin or a training step is likely to use, on wasm against
 * cpu: value and gradient.
 */

import { beforeAll, describe, expect, test } from "vitest";
import { loadWasm } from "../../../core/engine/wasm/backend.ts";
import { registerGradients } from "../../../core/engine/gradients/mod.ts";
import { type Tensor, type Tensor4D, tf } from "../../../core/engine/tf.ts";
import { onBoth, SIGNED } from "./_both.ts";

type Op = (...inputs: Tensor[]) => Tensor;

/** Both signs, small and large, far from the kinks that have no gradient. */
const MIXED = [-80, -12, -2.5, -0.7, -1e-4, 1e-4, 0.3, 0.9, 1.7, 4, 20, 80];
const POSITIVE = [1e-6, 1e-3, 0.1, 0.5, 0.9, 1.1, 2, 3.3, 7, 15, 40, 300];
const UNIT = [
  1e-4,
  0.05,
  0.11,
  0.2,
  0.31,
  0.43,
  0.52,
  0.64,
  0.77,
  0.81,
  0.93,
  0.999,
];
const SIGNED_UNIT = UNIT.map((x, i) => i % 2 === 0 ? x : -x);

const UNARY: Record<string, [Op, number[]]> = {
  abs: [(x) => tf.abs(x), MIXED],
  atanh: [(x) => tf.atanh(x), SIGNED_UNIT],
  clipByValue: [(x) => tf.clipByValue(x, -1, 2), MIXED],
  cos: [(x) => tf.cos(x), SIGNED],
  cumsum: [(x) => tf.cumsum(x, 1), SIGNED],
  elu: [(x) => tf.elu(x), SIGNED],
  erf: [(x) => tf.erf(x), SIGNED],
  exp: [(x) => tf.exp(x), SIGNED],
  expm1: [(x) => tf.expm1(x), SIGNED],
  leakyRelu: [(x) => tf.leakyRelu(x), SIGNED],
  log: [(x) => tf.log(x), POSITIVE],
  log1p: [(x) => tf.log1p(x), POSITIVE],
  logSigmoid: [(x) => tf.logSigmoid(x), SIGNED],
  logSoftmax: [(x) => tf.logSoftmax(x), SIGNED],
  logSumExp: [(x) => tf.logSumExp(x, 1), MIXED],
  max: [(x) => tf.max(x, 1), SIGNED],
  mean: [(x) => tf.mean(x, 0), SIGNED],
  min: [(x) => tf.min(x, 0), SIGNED],
  neg: [(x) => tf.neg(x), SIGNED],
  pad: [(x) => tf.pad(x, [[1, 0], [0, 2]]), SIGNED],
  reciprocal: [(x) => tf.reciprocal(x), POSITIVE],
  relu: [(x) => tf.relu(x), MIXED],
  reshape: [(x) => tf.reshape(x, [2, 6]), SIGNED],
  reverse: [(x) => tf.reverse(x, 1), SIGNED],
  rsqrt: [(x) => tf.rsqrt(x), POSITIVE],
  selu: [(x) => tf.selu(x), SIGNED],
  sigmoid: [(x) => tf.sigmoid(x), SIGNED],
  sin: [(x) => tf.sin(x), SIGNED],
  slice: [(x) => tf.slice(x, [1, 1], [2, 2]), SIGNED],
  softmax: [(x) => tf.softmax(x), SIGNED],
  softplus: [(x) => tf.softplus(x), MIXED],
  split: [(x) => tf.mul(...tf.split(x, 2, 1) as [Tensor, Tensor]), SIGNED],
  sqrt: [(x) => tf.sqrt(x), POSITIVE],
  square: [(x) => tf.square(x), SIGNED],
  sum: [(x) => tf.sum(x, 1), SIGNED],
  tanh: [(x) => tf.tanh(x), SIGNED],
  tile: [(x) => tf.tile(x, [2, 3]), SIGNED],
  "tile of rows": [
    (x) => tf.tile(tf.reshape(x, [3, 1, 4]), [1, 5, 1]),
    SIGNED,
  ],
  "sum over images": [
    (x) => tf.sum(tf.reshape(x, [3, 2, 1, 2]), [0, 1, 2]),
    SIGNED,
  ],
  "sum over images that keeps their axes": [
    (x) => tf.sum(tf.reshape(x, [3, 1, 2, 2]), [1, 0], true),
    SIGNED,
  ],
  transpose: [(x) => tf.transpose(x), SIGNED],
  unstack: [
    (x) => tf.sub(...tf.unstack(x, 1).slice(0, 2) as [Tensor, Tensor]),
    SIGNED,
  ],
};

const BINARY: Record<string, [Op, number[], number[]]> = {
  add: [(a, b) => tf.add(a, b), SIGNED, MIXED],
  atan2: [(a, b) => tf.atan2(a, b), SIGNED, POSITIVE],
  concat: [(a, b) => tf.concat([a, b], 1), SIGNED, MIXED],
  div: [(a, b) => tf.div(a, b), SIGNED, POSITIVE],
  maximum: [(a, b) => tf.maximum(a, b), SIGNED, UNIT],
  minimum: [(a, b) => tf.minimum(a, b), SIGNED, UNIT],
  mul: [(a, b) => tf.mul(a, b), SIGNED, MIXED],
  pow: [(a, b) => tf.pow(a, b), UNIT, SIGNED],
  squaredDifference: [(a, b) => tf.squaredDifference(a, b), SIGNED, UNIT],
  stack: [(a, b) => tf.stack([a, b]), SIGNED, UNIT],
  sub: [(a, b) => tf.sub(a, b), SIGNED, MIXED],
  where: [
    (a, b) => tf.where(tf.greater(a, b), tf.mul(a, b), tf.sub(a, b)),
    SIGNED,
    UNIT,
  ],
};

/** No gradient: comparisons, masks, constructions. */
const VALUES: Record<string, [Op, number[]]> = {
  argMax: [(x) => tf.argMax(x, 1), SIGNED],
  cast: [(x) => tf.cast(x, "int32"), SIGNED],
  ceil: [(x) => tf.ceil(x), SIGNED],
  "dilated conv2d": [
    (x) =>
      tf.conv2d(
        tf.reshape(tf.tile(x, [2, 3]), [2, 6, 6, 1]) as Tensor4D,
        tf.reshape(tf.slice(tf.reshape(x, [12]), 0, 8), [2, 2, 1, 2]),
        1,
        "same",
        "NHWC",
        2,
      ),
    SIGNED,
  ],
  einsum: [(x) => tf.einsum("ij,kj->ik", x, x), SIGNED],
  equal: [(x) => tf.equal(x, 0.7), SIGNED],
  fill: [(x) => tf.fill(x.shape, 3), SIGNED],
  floor: [(x) => tf.floor(x), SIGNED],
  greaterEqual: [(x) => tf.greaterEqual(x, 0), SIGNED],
  isFinite: [(x) => tf.isFinite(tf.div(1, tf.relu(x))), SIGNED],
  isNaN: [(x) => tf.isNaN(tf.log(x)), SIGNED],
  less: [(x) => tf.less(x, 0), SIGNED],
  linspace: [() => tf.linspace(0, 1, 7), SIGNED],
  logicalAnd: [(x) => tf.logicalAnd(tf.less(x, 1), tf.greater(x, 0)), SIGNED],
  logicalNot: [(x) => tf.logicalNot(tf.less(x, 1)), SIGNED],
  logicalOr: [(x) => tf.logicalOr(tf.less(x, -1), tf.greater(x, 0)), SIGNED],
  oneHot: [(x) => tf.oneHot(tf.cast(tf.abs(x), "int32"), 4), SIGNED],
  range: [() => tf.range(0, 5, 1), SIGNED],
  round: [(x) => tf.round(x), SIGNED],
  sign: [(x) => tf.sign(x), SIGNED],
  step: [(x) => tf.step(x), SIGNED],
  topk: [(x) => tf.topk(x, 2).values, SIGNED],
  zerosLike: [(x) => tf.zerosLike(x), SIGNED],
};

beforeAll(async () => {
  tf.env().set("PROD", true);
  await loadWasm(1);
  registerGradients();
});

describe("value and gradient on wasm are those on cpu", () => {
  test.each(Object.entries(UNARY))("%s", async (_, [op, x]) => {
    await agree(op, [x]);
  });
  test.each(Object.entries(BINARY))("%s", async (_, [op, a, b]) => {
    await agree(op, [a, b]);
  });
});

test.each(Object.entries(VALUES))(
  "value of %s on wasm is that on cpu",
  async (_, [op, x]) => {
    const [wasm, cpu] = await onBoth(() =>
      tf.tidy(() => Array.from(tf.cast(op(tensor(x)), "float32").dataSync()))
    );
    expect(wasm.length).toBeGreaterThan(0);
    close(wasm, cpu);
  },
);

function tensor(values: number[]): Tensor {
  return tf.tensor2d(values, [3, 4]);
}

async function agree(op: Op, inputs: number[][]): Promise<void> {
  const [wasm, cpu] = await onBoth(() =>
    tf.tidy(() => {
      const tensors = inputs.map(tensor);
      const weighted = (...xs: Tensor[]) => {
        const y = op(...xs);
        return tf.sum(
          tf.mul(y, tf.reshape(tf.linspace(0.5, 1.5, y.size), y.shape)),
        );
      };
      const values = [op(...tensors), ...tf.grads(weighted)(tensors)];
      return values.flatMap((value) => Array.from(value.dataSync()));
    })
  );
  close(wasm, cpu);
}

/**
 * Single precision: a few units in the last place, relative to the larger.
 * Near its zeros, the sine of wasm is right to 3e-7 only.
 */
function close(found: number[], wanted: number[]): void {
  expect(found).toHaveLength(wanted.length);
  found.forEach((x, i) => {
    const y = wanted[i] as number;
    if (Object.is(x, y) || x === y) return;
    expect(Math.abs(x - y), `at ${i}: ${x}, want ${y}`).toBeLessThanOrEqual(
      1e-5 * Math.max(Math.abs(x), Math.abs(y)) + 3e-7,
    );
  });
}
