import { beforeAll, describe, expect, it } from "vitest";
import { createProgram } from "../../../core/engine/program/create.ts";
import { withGradients } from "../../../core/engine/program/gradients.ts";
import { tf } from "../../../core/engine/tf.ts";
import { ENGINES, useBackend } from "../backends.ts";
import { losses, regression, X } from "./_regression.ts";

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
