import { beforeAll, describe, expect, it } from "vitest";
import { dense } from "../../../core/engine/ops/dense.ts";
import { type Tensor, type Tensor2D, tf } from "../../../core/engine/tf.ts";
import { ENGINES, useBackend } from "../backends.ts";

const wave = (shape: [number, number], shift: number) =>
  tf.tensor2d(
    Float32Array.from({ length: shape[0] * shape[1] }, (_, i) =>
      Math.sin(1.3 * i + shift)),
    shape,
  );

describe.each(ENGINES)("dense() on $title", ({ name, missing }) => {
  beforeAll(() => missing ? undefined : useBackend(name));

  it.skipIf(missing).each(["linear", "relu"] as const)(
    "has the value and the gradients of its parts: %s",
    (activation) => {
      const plain = (x: Tensor2D, kernel: Tensor, bias: Tensor) => {
        const affine = tf.add(tf.matMul(x, kernel as Tensor2D), bias);
        return activation === "relu" ? tf.relu(affine) : affine;
      };
      const ours = (x: Tensor2D, kernel: Tensor, bias: Tensor) =>
        dense(x, { kernel, bias }, activation);
      const [a, b] = [plain, ours].map((layer) => {
        const tensors = tf.tidy(() => {
          const inputs = [
            wave([4, 6], 0),
            wave([6, 5], 1),
            tf.tensor1d([0.3, -0.2, 0.1, 0.5, -0.4]),
          ];
          // Weighted, so that every gradient differs from place to place.
          const loss = (x: Tensor, kernel: Tensor, bias: Tensor) =>
            tf.sum(tf.mul(layer(x as Tensor2D, kernel, bias), wave([4, 5], 3)));
          return [
            layer(inputs[0] as Tensor2D, inputs[1]!, inputs[2]!),
            ...tf.grads(loss)(inputs),
          ];
        }) as Tensor[];
        const values = tensors.map((tensor) => [...tensor.dataSync()]);
        tf.dispose(tensors);
        return values;
      }) as [number[][], number[][]];
      expect(b.map((list) => list.length)).toEqual([20, 24, 30, 5]);
      a.flat().forEach((value, i) => expect(b.flat()[i]).toBeCloseTo(value, 5));
    },
  );

  it.skipIf(missing)("leaves no tensors behind", () => {
    const step = () =>
      tf.tidy(() => {
        tf.grads((kernel: Tensor, bias: Tensor) =>
          tf.sum(dense(wave([2, 3], 0), { kernel, bias }, "relu"))
        )([
          wave([3, 2], 1),
          tf.tensor1d([0.1, 0.2]),
        ]);
      });
    step();
    const before = tf.memory().numTensors;
    step();
    expect(tf.memory().numTensors).toBe(before);
  });
});
