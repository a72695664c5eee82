import { beforeAll, expect, test } from "vitest";
import { dense } from "../../../core/engine/ops/dense.ts";
import { bernoulliNegativeLogLikelihood } from "../../../core/engine/ops/bernoulli.ts";
import { type Tensor2D, tf } from "../../../core/engine/tf.ts";
import { useBackend } from "../backends.ts";

beforeAll(() => useBackend("wasm"));

test("what would be read beyond its end is refused, by name", () => {
  tf.tidy(() => {
    expect(() =>
      bernoulliNegativeLogLikelihood(tf.ones([3, 4]), tf.ones([3, 5]))
    )
      .toThrow("target is float32 [3,5], want float32 [3,4]");
    expect(() =>
      bernoulliNegativeLogLikelihood(
        tf.ones([2, 2]),
        tf.ones([2, 2], "int32"),
      )
    ).toThrow("target is int32 [2,2], want float32 [2,2]");
    const layer = { kernel: tf.ones([5, 6]), bias: tf.ones([6]) };
    expect(() => dense(tf.ones([3, 4]), layer, "linear"))
      .toThrow("b is float32 [5,6], want float32 [4,6]");
    expect(() =>
      dense(tf.ones([3, 5]), { ...layer, bias: tf.ones([5]) }, "linear")
    ).toThrow("bias is float32 [5], want float32 [6]");
  });
});

test("a clone lives on when its original is gone, and both are freed", () => {
  const buffers = () =>
    (tf.backend() as unknown as { numDataIds(): number }).numDataIds();
  const before = buffers();
  const x = tf.tensor2d([[1, 2], [3, 4]]);
  const copy: Tensor2D = tf.clone(x);
  x.dispose();
  expect([...copy.dataSync()]).toEqual([1, 2, 3, 4]);
  copy.dispose();
  expect(buffers()).toBe(before);
});
