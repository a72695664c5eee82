import { beforeAll, describe, expect, it } from "vitest";
import { createProgram } from "../../../core/engine/program/create.ts";
import type { ProgramSpec } from "../../../core/engine/program/program.ts";
import { tf } from "../../../core/engine/tf.ts";
import { nativeMissing, useBackend } from "../backends.ts";
import { losses, regression } from "./_regression.ts";

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
      /made in JavaScript changes from run to run.*compiled_test/,
    );
  });

  it.skipIf(missing)(
    "refuses data read in JavaScript, naming what was read",
    () => {
      const execution = refused((_, { x }) => ({
        y: tf.scalar(tf.exp(x!).dataSync()[0]!),
      }));
      expect(execution.reason).toMatch(
        /made by Exp is read in JavaScript.*compiled_test/,
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
