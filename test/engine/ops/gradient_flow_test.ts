import { beforeAll, describe, expect, it } from "vitest";
import { withGradients } from "../../../core/engine/program/gradients.ts";
import { createProgram } from "../../../core/engine/program/create.ts";
import {
  GRADIENT,
  type Tensors,
} from "../../../core/engine/program/program.ts";
import {
  scaleGradient,
  stopGradient,
} from "../../../core/engine/ops/gradient_flow.ts";
import { type Scalar, type Tensor, tf } from "../../../core/engine/tf.ts";
import { ENGINES, useBackend } from "../backends.ts";

const X = [[1, 2], [-3, 0.5]];
const A = [2, 5];

/** Value of a sum, and its gradients. */
function differentiate(
  loss: (x: Tensor, a: Tensor) => Tensor,
  compile: boolean,
) {
  const program = createProgram({
    variables: {
      x: { shape: [2, 2], data: Float32Array.from(X.flat()) },
      a: { shape: [2], data: Float32Array.from(A) },
    },
    inputs: { one: { shape: [], dtype: "float32" } },
    compute: (variables: Tensors, { one }) => {
      const { loss: value, ...gradients } = withGradients(
        ({ x, a }) => ({
          loss: tf.mul(one!, tf.sum(loss(x!, a!))) as Scalar,
        }),
        variables,
        null,
      );
      // Under their own names they would be the optimiser's.
      return {
        loss: value!,
        x: gradients[`${GRADIENT}x`]!,
        a: gradients[`${GRADIENT}a`]!,
      };
    },
  }, { compile });
  try {
    const found = program.run({ one: 1 });
    const numbers = (name: string) => [...found[name]!];
    return {
      loss: numbers("loss")[0]!,
      x: numbers("x"),
      a: numbers("a"),
    };
  } finally {
    program.dispose();
  }
}

const flat = X.flat();
const rowOf = (i: number) => Math.floor(i / 2);

describe.each(ENGINES)("gradients that go another way, $title", ({
  name,
  missing,
}) => {
  beforeAll(async () => {
    if (!missing) await useBackend(name);
  });
  const test = it.skipIf(missing).each(
    name === "native" ? [true, false] : [false],
  );

  test("stopGradient lets none through (compiled: %s)", (compile) => {
    // x a^2, with one of the factors a held.
    const { loss, x, a } = differentiate(
      (x, a) => {
        const column = tf.expandDims(a, 1);
        return tf.mul(tf.mul(x, column), stopGradient(column));
      },
      compile,
    );
    expect(loss).toBeCloseTo(3 * 4 - 2.5 * 25, 4);
    flat.forEach((_, i) => expect(x[i]).toBeCloseTo(A[rowOf(i)]! ** 2, 4));
    expect(a[0]).toBeCloseTo(3 * 2, 4);
    expect(a[1]).toBeCloseTo(-2.5 * 5, 4);
  });

  test("scaleGradient scales that of its argument alone (compiled: %s)", (compile) => {
    const { loss, x, a } = differentiate(
      (x, a) =>
        scaleGradient(x, (x) => {
          const value = tf.sum(tf.mul(tf.square(x), tf.expandDims(a, 1)), 1);
          return { value, factor: tf.expandDims(value, 1) };
        }),
      compile,
    );
    const rows = [2 * (1 + 4), 5 * (9 + 0.25)];
    expect(loss).toBeCloseTo(rows[0]! + rows[1]!, 3);
    flat.forEach((value, i) =>
      expect(x[i]).toBeCloseTo(
        rows[rowOf(i)]! * 2 * value * A[rowOf(i)]!,
        2,
      )
    );
    expect(a[0]).toBeCloseTo(5, 4);
    expect(a[1]).toBeCloseTo(9.25, 4);
  });

  test("leaves no tensors (compiled: %s)", (compile) => {
    const count = () => tf.memory().numTensors;
    const once = () =>
      differentiate(
        (x, a) =>
          scaleGradient(x, (x) => ({
            value: tf.mul(stopGradient(x), tf.mul(x, tf.expandDims(a, 1))),
            factor: tf.square(x),
          })),
        compile,
      );
    once();
    const before = count();
    once();
    expect(count()).toBe(before);
  });
});
