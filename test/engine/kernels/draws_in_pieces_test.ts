import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { NativeBackend } from "../../../core/engine/ops/native_op.ts";
import { createProgram } from "../../../core/engine/program/create.ts";
import type { ProgramSpec } from "../../../core/engine/program/program.ts";
import { traceSpec } from "../../../core/engine/program/trace_spec.ts";
import { createRandom } from "../../../core/engine/random.ts";
import { type Tensor2D, tf } from "../../../core/engine/tf.ts";
import { setThreadCount } from "../../../core/engine/threads.ts";
import { nativeMissing, useBackend } from "../backends.ts";

const missing = nativeMissing();
/** Not even pieces for three threads; 4 of a counter's draws divide a row. */
const [ROWS, COLUMNS] = [64, 784];

/** Draws beside a product that is worth a thread for each of its pieces. */
const program: ProgramSpec = {
  variables: {
    kernel: {
      shape: [COLUMNS, 100],
      data: new Float32Array(COLUMNS * 100).fill(0.01),
    },
  },
  inputs: { step: { shape: [], dtype: "int32" } },
  compute: ({ kernel }, { step }) => {
    const random = createRandom({ seed: 5, step: step! });
    const uniform = random.uniform([ROWS, COLUMNS]) as Tensor2D;
    const normal = random.normal([ROWS, COLUMNS]) as Tensor2D;
    const product = tf.matMul(tf.add(uniform, normal), kernel as Tensor2D);
    return { uniform, normal, product };
  },
};

function drawn(threads: number) {
  setThreadCount(threads);
  const compiled = createProgram(program);
  expect(compiled.execution).toEqual({ compiled: true });
  const { uniform, normal } = compiled.run({ step: 3 });
  compiled.dispose();
  return { uniform, normal };
}

describe.skipIf(missing)("draws of a compiled program", () => {
  beforeAll(() => useBackend("native"));
  afterEach(() => setThreadCount(1));

  it("have the same bits in pieces as in one", () => {
    const whole = drawn(1);
    expect(new Set(whole.uniform).size).toBeGreaterThan(ROWS * COLUMNS / 2);
    expect(drawn(2)).toEqual(whole);
    expect(drawn(3)).toEqual(whole);
  });

  it("are made by each thread for its rows", () => {
    setThreadCount(3);
    const { nodes } = traceSpec(tf.backend() as NativeBackend, program);
    const rows = nodes.flatMap((node) =>
      node.kind === "op" && node.op === "StatelessRandomUniformV2"
        ? [node.outputs[0]!.shape[0]]
        : []
    );
    expect(rows).toEqual([21, 21, 22]);
  });
});
