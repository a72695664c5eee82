/**
 * Every op that a plugin or a training step is likely to use, on wasm against
 * cpu: value and gradient.
 */

import { beforeAll, describe, expect, test } from "vitest";
import { loadWasm } from "../../../core/engine/wasm/backend.ts";
import { registerComparisonGradients } from "../../../core/engine/start_gradients.ts";
import { type Tensor, tf } from "../../../core/engine/tf.ts";

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
const SMALL = [
  -3,
  -2.1,
  -1.4,
  -0.6,
  -0.2,
  -1e-3,
  1e-3,
  0.25,
  0.7,
  1.2,
  2.2,
  3.1,
];
const SIGNED_UNIT = UNIT.map((x, i) => i % 2 === 0 ? x : -x);

const UNARY: Record<string, [Op, number[]]> = {
  abs: [(x) => tf.abs(x), MIXED],
  atanh: [(x) => tf.atanh(x), SIGNED_UNIT],
  clipByValue: [(x) => tf.clipByValue(x, -1, 2), MIXED],
  cos: [(x) => tf.cos(x), SMALL],
  cumsum: [(x) => tf.cumsum(x, 1), SMALL],
  elu: [(x) => tf.elu(x), SMALL],
  erf: [(x) => tf.erf(x), SMALL],
  exp: [(x) => tf.exp(x), SMALL],
  expm1: [(x) => tf.expm1(x), SMALL],
  leakyRelu: [(x) => tf.leakyRelu(x), SMALL],
  log: [(x) => tf.log(x), POSITIVE],
  log1p: [(x) => tf.log1p(x), POSITIVE],
  logSigmoid: [(x) => tf.logSigmoid(x), SMALL],
  logSoftmax: [(x) => tf.logSoftmax(x), SMALL],
  logSumExp: [(x) => tf.logSumExp(x, 1), MIXED],
  max: [(x) => tf.max(x, 1), SMALL],
  mean: [(x) => tf.mean(x, 0), SMALL],
  min: [(x) => tf.min(x, 0), SMALL],
  neg: [(x) => tf.neg(x), SMALL],
  pad: [(x) => tf.pad(x, [[1, 0], [0, 2]]), SMALL],
  reciprocal: [(x) => tf.reciprocal(x), POSITIVE],
  relu: [(x) => tf.relu(x), MIXED],
  reshape: [(x) => tf.reshape(x, [2, 6]), SMALL],
  reverse: [(x) => tf.reverse(x, 1), SMALL],
  rsqrt: [(x) => tf.rsqrt(x), POSITIVE],
  selu: [(x) => tf.selu(x), SMALL],
  sigmoid: [(x) => tf.sigmoid(x), SMALL],
  sin: [(x) => tf.sin(x), SMALL],
  slice: [(x) => tf.slice(x, [1, 1], [2, 2]), SMALL],
  softmax: [(x) => tf.softmax(x), SMALL],
  softplus: [(x) => tf.softplus(x), MIXED],
  split: [(x) => tf.mul(...tf.split(x, 2, 1) as [Tensor, Tensor]), SMALL],
  sqrt: [(x) => tf.sqrt(x), POSITIVE],
  square: [(x) => tf.square(x), SMALL],
  sum: [(x) => tf.sum(x, 1), SMALL],
  tanh: [(x) => tf.tanh(x), SMALL],
  tile: [(x) => tf.tile(x, [2, 3]), SMALL],
  transpose: [(x) => tf.transpose(x), SMALL],
  unstack: [
    (x) => tf.sub(...tf.unstack(x, 1).slice(0, 2) as [Tensor, Tensor]),
    SMALL,
  ],
};

const BINARY: Record<string, [Op, number[], number[]]> = {
  add: [(a, b) => tf.add(a, b), SMALL, MIXED],
  atan2: [(a, b) => tf.atan2(a, b), SMALL, POSITIVE],
  concat: [(a, b) => tf.concat([a, b], 1), SMALL, MIXED],
  div: [(a, b) => tf.div(a, b), SMALL, POSITIVE],
  maximum: [(a, b) => tf.maximum(a, b), SMALL, UNIT],
  minimum: [(a, b) => tf.minimum(a, b), SMALL, UNIT],
  mul: [(a, b) => tf.mul(a, b), SMALL, MIXED],
  pow: [(a, b) => tf.pow(a, b), UNIT, SMALL],
  squaredDifference: [(a, b) => tf.squaredDifference(a, b), SMALL, UNIT],
  stack: [(a, b) => tf.stack([a, b]), SMALL, UNIT],
  sub: [(a, b) => tf.sub(a, b), SMALL, MIXED],
  where: [
    (a, b) => tf.where(tf.greater(a, b), tf.mul(a, b), tf.sub(a, b)),
    SMALL,
    UNIT,
  ],
};

/** No gradient: comparisons, masks, constructions. */
const VALUES: Record<string, [Op, number[]]> = {
  argMax: [(x) => tf.argMax(x, 1), SMALL],
  cast: [(x) => tf.cast(x, "int32"), SMALL],
  ceil: [(x) => tf.ceil(x), SMALL],
  einsum: [(x) => tf.einsum("ij,kj->ik", x, x), SMALL],
  equal: [(x) => tf.equal(x, 0.7), SMALL],
  fill: [(x) => tf.fill(x.shape, 3), SMALL],
  floor: [(x) => tf.floor(x), SMALL],
  greaterEqual: [(x) => tf.greaterEqual(x, 0), SMALL],
  isFinite: [(x) => tf.isFinite(tf.div(1, tf.relu(x))), SMALL],
  isNaN: [(x) => tf.isNaN(tf.log(x)), SMALL],
  less: [(x) => tf.less(x, 0), SMALL],
  linspace: [() => tf.linspace(0, 1, 7), SMALL],
  logicalAnd: [(x) => tf.logicalAnd(tf.less(x, 1), tf.greater(x, 0)), SMALL],
  logicalNot: [(x) => tf.logicalNot(tf.less(x, 1)), SMALL],
  logicalOr: [(x) => tf.logicalOr(tf.less(x, -1), tf.greater(x, 0)), SMALL],
  oneHot: [(x) => tf.oneHot(tf.cast(tf.abs(x), "int32"), 4), SMALL],
  range: [() => tf.range(0, 5, 1), SMALL],
  round: [(x) => tf.round(x), SMALL],
  sign: [(x) => tf.sign(x), SMALL],
  step: [(x) => tf.step(x), SMALL],
  topk: [(x) => tf.topk(x, 2).values, SMALL],
  zerosLike: [(x) => tf.zerosLike(x), SMALL],
};

beforeAll(() => {
  tf.env().set("PROD", true);
  loadWasm();
  registerComparisonGradients();
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

async function onBoth(work: () => number[]): Promise<[number[], number[]]> {
  await tf.setBackend("wasm");
  const wasm = work();
  await tf.setBackend("cpu");
  const cpu = work();
  return [wasm, cpu];
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
