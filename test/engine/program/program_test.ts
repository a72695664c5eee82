import { beforeAll, describe, expect, it } from "vitest";
import { createProgram } from "../../../core/engine/program/create.ts";
import { withGradients } from "../../../core/engine/program/gradients.ts";
import type { ProgramSpec } from "../../../core/engine/program/program.ts";
import { type Scalar, type Tensor2D, tf } from "../../../core/engine/tf.ts";
import { ENGINES, nativeMissing, useBackend } from "../backends.ts";

/** A small regression: two layers, a cross-entropy, Adam. */
function regression(): ProgramSpec {
  const wave = (length: number, shift: number) =>
    Float32Array.from({ length }, (_, i) => Math.sin(i * 1.7 + shift) * 0.3);
  return {
    variables: {
      "a/kernel": { shape: [6, 5], data: wave(30, 0) },
      "a/bias": { shape: [5], data: wave(5, 1) },
      "b/kernel": { shape: [5, 3], data: wave(15, 2) },
    },
    adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    inputs: {
      x: { shape: [4, 6], dtype: "uint8" },
      step: { shape: [], dtype: "int32" },
    },
    compute: (variables, { x }) =>
      withGradients(
        (w) => {
          const h = tf.relu(
            tf.add(
              tf.matMul(tf.div(x!, 255) as Tensor2D, w["a/kernel"]!),
              w["a/bias"]!,
            ),
          );
          const y = tf.matMul(h as Tensor2D, w["b/kernel"] as Tensor2D);
          const target = tf.oneHot([0, 1, 2, 1], 3);
          const loss = tf.neg(
            tf.mean(tf.sum(tf.mul(target, tf.logSoftmax(y)), 1)),
          );
          return { loss: loss as Scalar, y };
        },
        variables,
        1,
      ),
  };
}

const X = Uint8Array.from({ length: 24 }, (_, i) => (i * 89) % 256);

function losses(
  compile: boolean,
  steps: number,
): { losses: number[]; variables: Record<string, Float32Array> } {
  const program = createProgram(regression(), { compile });
  try {
    const found: number[] = [];
    for (let step = 1; step <= steps; step++) {
      found.push(program.run({ x: X, step, learningRate: 0.01 })["loss"]![0]!);
    }
    const variables = Object.fromEntries(
      Object.entries(program.variables()).map((
        [name, { data }],
      ) => [name, data]),
    );
    return { losses: found, variables };
  } finally {
    program.dispose();
  }
}

describe.each(ENGINES)("program on $title", ({ name, missing }) => {
  beforeAll(() => missing ? undefined : useBackend(name));

  it.skipIf(missing)("lowers the loss and leaves no tensors behind", () => {
    losses(true, 1);
    const before = tf.memory().numTensors;
    const found = losses(true, 60).losses;
    expect(found.at(-1)).toBeLessThan(found[0]! * 0.95);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.skipIf(missing)("gives the same bits again", () => {
    expect(losses(true, 10)).toEqual(losses(true, 10));
  });

  it.skipIf(missing)("goes on from saved variables bit for bit", () => {
    const whole = losses(true, 8);
    const first = createProgram(regression());
    for (let step = 1; step <= 4; step++) {
      first.run({ x: X, step, learningRate: 0.01 });
    }
    const second = createProgram({
      ...regression(),
      variables: first.variables(),
    });
    first.dispose();
    const rest: number[] = [];
    for (let step = 5; step <= 8; step++) {
      rest.push(second.run({ x: X, step, learningRate: 0.01 })["loss"]![0]!);
    }
    expect(rest).toEqual(whole.losses.slice(4));
    expect(second.variables()["b/kernel"]!.data).toEqual(
      whole.variables["b/kernel"],
    );
    second.dispose();
  });

  it.skipIf(missing)("takes on the variables that it is assigned", () => {
    const trained = createProgram(regression());
    for (let step = 1; step <= 4; step++) {
      trained.run({ x: X, step, learningRate: 0.01 });
    }
    const values = trained.variables();
    const other = createProgram(regression());
    other.run({ x: X, step: 1, learningRate: 0.5 });
    const before = tf.memory().numTensors;
    other.assign(values);
    expect(tf.memory().numTensors).toBe(before);
    expect(other.variables()).toEqual(values);
    const next = { x: X, step: 5, learningRate: 0.01 };
    expect(other.run(next)).toEqual(trained.run(next));
    trained.dispose();
    other.dispose();
  });

  it.skipIf(missing)("needs no variables, and none to be assigned", () => {
    const program = createProgram({
      variables: {},
      inputs: { x: { shape: [2], dtype: "float32" } },
      compute: (_, { x }) => ({ y: tf.neg(x!) }),
    });
    program.assign({});
    expect(program.variables()).toEqual({});
    expect(program.run({ x: Float32Array.of(1, 2) })).toEqual({
      y: Float32Array.of(-1, -2),
    });
    program.dispose();
  });

  it.skipIf(missing)("gives what was before the update", () => {
    // The gradients do not depend on the variables: nothing else puts the
    // update after what reads them.
    const names = ["u", "v", "w"];
    const ones = Object.fromEntries(
      names.map((name) =>
        [name, { shape: [16], data: new Float32Array(16).fill(1) }] as const
      ),
    );
    const program = createProgram({
      variables: ones,
      adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      inputs: {
        x: { shape: [16], dtype: "float32" },
        step: { shape: [], dtype: "int32" },
      },
      compute: (variables, { x }) =>
        withGradients(
          (all) => ({
            loss: tf.sum(tf.addN(names.map((name) => tf.mul(all[name]!, x!)))),
            ...Object.fromEntries(
              names.map((name) => [name, tf.reshape(all[name]!, [16])]),
            ),
          }),
          variables,
          null,
        ),
    });
    const feeds = { x: new Float32Array(16).fill(1), learningRate: 0.1 };
    for (let step = 1; step <= 100; step++) {
      program.assign(ones);
      const { loss, u, v, w } = program.run({ ...feeds, step });
      expect([loss![0], u![0], v![0], w![15]]).toEqual([48, 1, 1, 1]);
    }
    expect(program.variables()["u"]!.data[0]).toBeLessThan(1);
    program.dispose();
  });

  it.skipIf(missing)("names an input that is not fed", () => {
    const program = createProgram(regression());
    expect(() => program.run({ step: 1, learningRate: 0.1 })).toThrow(
      'input "x" is not fed',
    );
    program.dispose();
  });
});

describe("compiled program", () => {
  const missing = nativeMissing();
  beforeAll(() => missing ? undefined : useBackend("native"));

  it.skipIf(missing)("follows the eager one step by step", () => {
    const compiled = losses(true, 40).losses;
    const eager = losses(false, 40).losses;
    compiled.forEach((loss, i) => expect(loss).toBeCloseTo(eager[i]!, 5));
  });

  it.skipIf(missing)("is compiled, and says why when it is not", () => {
    const compiled = createProgram(regression());
    expect(compiled.execution).toEqual({ compiled: true });
    compiled.dispose();
    const eager = createProgram(regression(), { compile: false });
    expect(eager.execution).toEqual({
      compiled: false,
      reason: "compilation is switched off",
    });
    eager.dispose();
  });

  const refused = (compute: ProgramSpec["compute"]) => {
    const program = createProgram({
      variables: {},
      inputs: {
        x: { shape: [2, 3], dtype: "float32" },
        step: { shape: [], dtype: "int32" },
      },
      compute,
    });
    program.dispose();
    return program.execution;
  };

  it.skipIf(missing)("refuses a random tensor made in JavaScript", () => {
    const execution = refused((_, { x }) => ({
      y: tf.add(x!, tf.randomNormal([2, 3])),
    }));
    expect(execution.compiled).toBe(false);
    expect(execution.reason).toMatch(
      /made in JavaScript changes from run to run.*program_test/,
    );
  });

  it.skipIf(missing)(
    "refuses data read in JavaScript, naming what was read",
    () => {
      const execution = refused((_, { x }) => ({
        y: tf.scalar(tf.exp(x!).dataSync()[0]!),
      }));
      expect(execution.reason).toMatch(
        /made by Exp is read in JavaScript.*program_test/,
      );
    },
  );

  it.skipIf(missing)("takes a constant that is one", () => {
    const constant = tf.keep(tf.tensor2d([[1, 2, 3], [4, 5, 6]]));
    const program = createProgram({
      variables: {},
      inputs: { x: { shape: [2, 3], dtype: "float32" } },
      compute: (_, { x }) => ({ y: tf.add(x!, constant) }),
    });
    expect(program.execution.compiled).toBe(true);
    expect([...program.run({ x: Float32Array.of(1, 1, 1, 2, 2, 2) })["y"]!])
      .toEqual([2, 3, 4, 6, 7, 8]);
    program.dispose();
    constant.dispose();
  });

  it.skipIf(missing)(
    "runs what it refused eagerly, with the right result",
    () => {
      const program = createProgram({
        variables: {},
        inputs: { x: { shape: [2], dtype: "float32" } },
        compute: (_, { x }) => ({ y: tf.scalar(x!.dataSync()[1]!) }),
      });
      expect(program.run({ x: Float32Array.of(3, 7) })["y"]![0]).toBe(7);
      expect(program.run({ x: Float32Array.of(3, 9) })["y"]![0]).toBe(9);
      program.dispose();
    },
  );
});
