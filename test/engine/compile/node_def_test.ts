import { beforeAll, describe, expect, it } from "vitest";
import {
  loadGraph,
  tensorText,
  typeText,
} from "../../../core/engine/compile/node_def.ts";
import type { NativeBackend } from "../../../core/engine/ops/native_op.ts";
import { tf } from "../../../core/engine/tf.ts";
import { nativeMissing, useBackend } from "../backends.ts";

describe("tensorText()", () => {
  it("writes the bytes of the values", () => {
    expect(tensorText(1, [1], Float32Array.of(1))).toBe(
      'tensor { dtype: 1 tensor_shape { dim { size: 1 } } tensor_content: "\\000\\000\\200\\077" }',
    );
  });

  it("keeps to a view's own part of the memory", () => {
    const view = Uint8Array.of(9, 7, 9).subarray(1, 2);
    expect(tensorText(4, [1], view)).toContain('tensor_content: "\\007"');
  });
});

describe("loadGraph()", () => {
  const missing = nativeMissing();
  beforeAll(() => missing ? undefined : useBackend("native"));

  it.skipIf(missing)("runs a constant of every byte, bit for bit", () => {
    const { binding } = tf.backend() as NativeBackend;
    const values = new Int32Array(
      Uint8Array.from({ length: 256 }, (_, i) => i).buffer,
    );
    const session = loadGraph(binding, [{
      name: "c",
      op: "Const",
      inputs: [],
      attributes: { dtype: typeText(3), value: tensorText(3, [64], values) },
    }]);
    const [output] = binding.runSavedModel(session, [], "", "c:0");
    expect(binding.tensorDataSync(output!.id)).toEqual(values);
    binding.deleteTensor(output!.id);
    binding.deleteSavedModel(session);
  });

  it.skipIf(missing)("names the operation that TensorFlow refuses", () => {
    const { binding } = tf.backend() as NativeBackend;
    expect(() =>
      loadGraph(binding, [{
        name: "n1",
        op: "NoSuchOp",
        inputs: [],
        attributes: {},
      }])
    )
      .toThrow(/Cannot load the compiled graph: .*NoSuchOp/);
  });
});
