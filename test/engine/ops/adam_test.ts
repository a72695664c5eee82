import { beforeAll, describe, expect, it } from "vitest";
import { adamUpdate } from "../../../core/engine/ops/adam.ts";
import { tf } from "../../../core/engine/tf.ts";
import { ENGINES, useBackend } from "../backends.ts";

const STEP = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, rate: 1e-3 };
const wave = (shift: number) =>
  Float32Array.from({ length: 11 }, (_, i) => Math.sin(1.7 * i + shift));

describe.each(ENGINES)("adamUpdate() on $title", ({ name, missing }) => {
  beforeAll(() => missing ? undefined : useBackend(name));

  it.skipIf(missing)("takes the step of the formulas", () => {
    const [w, m, g] = [wave(0), wave(1), wave(2)] as const;
    const v = wave(3).map(Math.abs);
    const gradient = tf.tensor1d(g);
    const updated = adamUpdate(
      {
        weight: tf.tensor1d(w),
        firstMoment: tf.tensor1d(m),
        secondMoment: tf.tensor1d(v),
      },
      gradient,
      STEP,
    );
    const [weight, first, second] = [
      updated.weight,
      updated.firstMoment,
      updated.secondMoment,
    ].map((tensor) => tensor.dataSync()) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    for (let i = 0; i < w.length; i++) {
      const m2 = 0.9 * m[i]! + 0.1 * g[i]!;
      const v2 = 0.999 * v[i]! + 0.001 * g[i]! ** 2;
      expect(first[i]).toBeCloseTo(m2, 6);
      expect(second[i]).toBeCloseTo(v2, 6);
      expect(weight[i]).toBeCloseTo(w[i]! - 1e-3 * m2 / Math.sqrt(v2), 6);
    }
    expect([...gradient.dataSync()]).toEqual([...g]);
    tf.dispose([{ ...updated }, gradient]);
  });

  it.skipIf(missing)("leaves no more tensors than it was given", () => {
    const before = tf.memory().numTensors;
    const gradient = tf.ones([3]);
    let tensors = {
      weight: tf.ones([3]),
      firstMoment: tf.zeros([3]),
      secondMoment: tf.zeros([3]),
    };
    for (let i = 0; i < 3; i++) {
      tensors = { ...adamUpdate(tensors, gradient, STEP) };
    }
    expect(tf.memory().numTensors).toBe(before + 4);
    tf.dispose([tensors, gradient]);
  });
});
