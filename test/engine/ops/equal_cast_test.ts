import { beforeAll, describe, expect, it } from "vitest";
import type { NativeBackend } from "../../../core/engine/ops/native_op.ts";
import { type Tensor, tf } from "../../../core/engine/tf.ts";
import { ENGINES, nativeMissing, useBackend } from "../backends.ts";

const VALUES = [1.5, -2.25, 0];

/** TensorFlow's operations that `compute` runs. */
function operationsOf(compute: () => void): string[] {
  const backend = tf.backend() as NativeBackend;
  const { binding } = backend;
  const operations: string[] = [];
  backend.binding = Object.create(binding, {
    executeOp: {
      value: (...call: Parameters<typeof binding.executeOp>) => {
        operations.push(call[0]);
        return binding.executeOp(...call);
      },
    },
  });
  try {
    compute();
  } finally {
    backend.binding = binding;
  }
  return operations;
}

describe.each(ENGINES)("casts on $title", ({ name, missing }) => {
  beforeAll(() => missing ? undefined : useBackend(name));

  describe.each(["the tensor", "its cast"])("of equal type, %s", (first) => {
    it.skipIf(missing)("may be disposed, and the other stays", () => {
      const { numDataBuffers } = tf.memory();
      const x: Tensor = tf.tensor1d(VALUES);
      const same = tf.cast(x, "float32");
      expect(tf.memory().numDataBuffers).toBe(numDataBuffers + 1);
      const [gone, stays] = first === "the tensor" ? [x, same] : [same, x];
      gone.dispose();
      expect([...stays.dataSync()]).toEqual(VALUES);
      expect(stays.dtype).toBe("float32");
      stays.dispose();
      expect(tf.memory().numDataBuffers).toBe(numDataBuffers);
    });
  });

  it.skipIf(missing)("to another type are made", () => {
    const x = tf.tensor1d(VALUES);
    expect([...tf.cast(x, "int32").dataSync()]).toEqual([1, -2, 0]);
    expect([...tf.cast(tf.zeros([2], "bool"), "float32").dataSync()])
      .toEqual([0, 0]);
  });

  it.skipIf(missing)("let gradients through", () => {
    const gradient = tf.grad((x: Tensor) => tf.square(tf.cast(x, "float32")));
    expect([...gradient(tf.tensor1d(VALUES)).dataSync()])
      .toEqual(VALUES.map((value) => 2 * value));
  });
});

describe.skipIf(nativeMissing())("TensorFlow", () => {
  beforeAll(() => useBackend("native"));

  it("is asked for no cast of equal type, and for every other", () => {
    const x = tf.tensor1d(VALUES);
    expect(operationsOf(() => tf.cast(x, "float32"))).toEqual([]);
    expect(operationsOf(() => tf.cast(x, "int32"))).toEqual(["Cast"]);
  });
});
