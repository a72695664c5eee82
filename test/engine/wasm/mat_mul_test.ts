import { beforeAll, describe, expect, test } from "vitest";
import { loadWasm } from "../../../core/engine/wasm/backend.ts";
import { type Tensor, type Tensor2D, tf } from "../../../core/engine/tf.ts";
import { onBoth } from "./_both.ts";

beforeAll(async () => {
  tf.env().set("PROD", true);
  await loadWasm(1);
});

const FLAGS = [[false, false], [false, true], [true, false], [
  true,
  true,
]] as const;

describe.each(FLAGS)(
  "matMul on wasm, transposeA %s, transposeB %s",
  (transposeA, transposeB) => {
    const shapes = (rank: number): [number[], number[]] => {
      const batch = rank === 3 ? [2] : [];
      return [[...batch, ...(transposeA ? [5, 3] : [3, 5])], [
        ...batch,
        ...(transposeB ? [4, 5] : [5, 4]),
      ]];
    };

    test.each([2, 3])(
      "rank %i: product and gradients are those of cpu",
      async (rank) => {
        const [wasm, cpu] = await onBoth(() =>
          tf.tidy(() => {
            const [a, b] = shapes(rank).map((shape, i) =>
              ramp(shape, i + 1)
            ) as [Tensor, Tensor];
            const product = (x: Tensor, y: Tensor) =>
              tf.matMul(x, y, transposeA, transposeB);
            const gradients = tf.grads((x: Tensor, y: Tensor) =>
              tf.sum(tf.square(product(x, y)))
            )([a, b]);
            return [product(a, b), ...gradients].map((x) => ({
              shape: x.shape,
              values: Array.from(x.dataSync()),
            }));
          })
        );
        expect(wasm.map(({ shape }) => shape)).toEqual(
          cpu.map(({ shape }) => shape),
        );
        wasm.forEach(({ values }, i) =>
          values.forEach((x, j) =>
            expect(x).toBeCloseTo(cpu[i]?.values[j] as number, 3)
          )
        );
      },
    );

    test("fused with bias and activation", async () => {
      const [wasm, cpu] = await onBoth(() =>
        tf.tidy(() => {
          const [a, b] = shapes(2).map((shape, i) => ramp(shape, i + 1)) as [
            Tensor,
            Tensor,
          ];
          const bias = tf.tensor1d([-1, 0, 1, 2]);
          const fused = tf.fused.matMul({
            a,
            b,
            transposeA,
            transposeB,
            bias,
            activation: "relu",
          });
          return [Array.from(fused.dataSync())];
        })
      );
      wasm[0]?.forEach((x, i) =>
        expect(x).toBeCloseTo(cpu[0]?.[i] as number, 4)
      );
    });
  },
);

test.each(["linear", "elu", "leakyrelu", "prelu", "relu6", "sigmoid"] as const)(
  "a fused product ends in %s",
  async (activation) => {
    const [wasm, cpu] = await onBoth(() =>
      tf.tidy(() =>
        Array.from(
          tf.fused.matMul({
            a: ramp([3, 5], 9) as Tensor2D,
            b: ramp([5, 4], 2) as Tensor2D,
            bias: tf.tensor1d([-1, 0, 1, 2]),
            activation,
            preluActivationWeights: tf.tensor1d([0.1, 0.2, 0.3, 0.4]),
            leakyreluAlpha: 0.3,
          }).dataSync(),
        )
      )
    );
    wasm.forEach((x, i) => expect(x).toBeCloseTo(cpu[i] as number, 4));
  },
);

test("a factor of one matrix is repeated, two are refused", async () => {
  const [wasm, cpu] = await onBoth(() =>
    tf.tidy(() =>
      Array.from(
        tf.matMul(ramp([1, 2, 3], 1), ramp([4, 3, 2], 2)).dataSync(),
      )
    )
  );
  wasm.forEach((x, i) => expect(x).toBeCloseTo(cpu[i] as number, 4));
  await tf.setBackend("wasm");
  expect(() =>
    tf.tidy(() => tf.matMul(ramp([2, 1, 2, 3], 1), ramp([1, 4, 3, 2], 2)))
  ).toThrow("both are repeated");
});

test("scratch and tensors are given back", async () => {
  await tf.setBackend("wasm");
  const a = ramp([3, 5], 1);
  const run = () => tf.dispose(tf.matMul(a, a, false, true));
  run();
  const before = backendBuffers();
  run();
  expect(backendBuffers()).toBe(before);
  a.dispose();
});

function ramp(shape: number[], seed: number): Tensor {
  return tf.tidy(() => {
    const size = shape.reduce((x, y) => x * y, 1);
    return tf.reshape(tf.sin(tf.mul(tf.range(0, size), seed * 0.7)), shape);
  });
}

function backendBuffers(): number {
  return (tf.backend() as unknown as { numDataIds(): number }).numDataIds();
}
