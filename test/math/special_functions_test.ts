import { beforeAll, describe, expect, it } from "vitest";
import { type Tensor, tf } from "../../core/engine/tf.ts";
import * as math from "../../core/math/mod.ts";
import { ENGINES, useBackend } from "../engine/backends.ts";
import { columnOf, readFixture, worstOf } from "./fixtures.ts";
import { FUNCTIONS } from "./functions.ts";

describe.each(ENGINES)("special functions on $title", ({ name, missing }) => {
  beforeAll(() => missing ? undefined : useBackend(name));

  describe.skipIf(missing).each(FUNCTIONS)(
    "$title",
    ({ fixture, of, gradients }) => {
      const table = readFixture(fixture);
      const inputs = (): Tensor[] =>
        table.inputs.map((input) => tf.tensor1d(columnOf(table, input)));

      it("has the exact values", () => {
        const found = tf.tidy(() => of(...inputs()).dataSync());
        const worst = worstOf(table, "value", found);
        expect(worst.excess, JSON.stringify(worst)).toBeLessThanOrEqual(1);
      });

      it.each(Object.entries(gradients))(
        "has the exact gradient in %s",
        (input, output) => {
          const found = tf.tidy(() => {
            const at = inputs();
            const index = table.inputs.indexOf(input);
            return tf.grad((x: Tensor) => of(...at.with(index, x)))(at[index]!)
              .dataSync();
          });
          const worst = worstOf(table, output, found);
          expect(worst.excess, JSON.stringify(worst)).toBeLessThanOrEqual(1);
        },
      );

      it("leaves no tensors behind", () => {
        const at = inputs();
        const run = () => {
          of(...at).dispose();
          for (const input of Object.keys(gradients)) {
            const index = table.inputs.indexOf(input);
            tf.grad((x: Tensor) => of(...at.with(index, x)))(at[index]!)
              .dispose();
          }
        };
        run();
        const before = tf.memory();
        run();
        const after = tf.memory();
        expect(after.numTensors).toBe(before.numTensors);
        expect(after.numDataBuffers).toBe(before.numDataBuffers);
        tf.dispose(at);
      });
    },
  );

  it.skipIf(missing)("broadcasts shapes and takes numbers", () => {
    const gradient = tf.tidy(() => {
      const rows = tf.tensor2d([[1], [2], [3]]);
      const columns = tf.tensor1d([2, 5]);
      expect(math.logBeta(rows, columns).shape).toEqual([3, 2]);
      expect(math.lgamma(4).dataSync()[0]).toBeCloseTo(Math.log(6), 6);
      expect(math.lgamma(tf.tensor1d([4], "int32")).dataSync()[0]).toBeCloseTo(
        Math.log(6),
        6,
      );
      const found = tf.grad((x: Tensor) => math.logBeta(x, columns))(rows);
      expect(found.shape).toEqual([3, 1]);
      return found.dataSync()[0]!;
    });
    // psi(1) - psi(3) + psi(1) - psi(6)
    expect(gradient).toBeCloseTo(-1.5 - 137 / 60, 5);
  });

  it.skipIf(missing)("has the limits of the distribution functions", () => {
    const value = (f: () => Tensor) => tf.tidy(f).dataSync()[0];
    expect(value(() => math.gammainc(2, 0))).toBe(0);
    expect(value(() => math.gammainc(1e6, 0))).toBe(0);
    expect(value(() => math.gammainc(2, 1e4))).toBe(1);
    expect(value(() => math.gammainc(1e6, 2e6))).toBe(1);
    expect(value(() => math.betainc(0, { a: 2, b: 3 }))).toBe(0);
    expect(value(() => math.betainc(1, { a: 2, b: 3 }))).toBe(1);
    expect(value(() => math.betainc(-1, { a: 2, b: 3 }))).toBeNaN();
    expect(value(() => math.betainc(1.5, { a: 2, b: 3 }))).toBeNaN();
    for (const a of [0.02, 3]) {
      expect(value(() => math.betaincinv(0, { a, b: 3 }))).toBe(0);
      expect(value(() => math.betaincinv(1, { a, b: 3 }))).toBe(1);
      expect(value(() => math.logitBetaincinv(0, { a, b: 3 }))).toBe(-Infinity);
      expect(value(() => math.logitBetaincinv(1, { a, b: 3 }))).toBe(Infinity);
      expect(value(() => math.gammaincinv(a, 0))).toBe(0);
      expect(value(() => math.gammaincinv(a, 1))).toBe(Infinity);
      expect(value(() => math.logGammaincinv(a, 0))).toBe(-Infinity);
    }
    for (const p of [-0.5, 1.5, NaN]) {
      expect(value(() => math.betaincinv(p, { a: 2, b: 3 }))).toBeNaN();
      expect(value(() => math.gammaincinv(2, p))).toBeNaN();
    }
    expect(value(() => math.ndtri(0))).toBe(-Infinity);
    expect(value(() => math.ndtri(1))).toBe(Infinity);
    expect(value(() => math.logSigmoid(-1000))).toBe(-1000);
    expect(value(() => math.softplusInverse(1000))).toBe(1000);
  });

  it.skipIf(missing)("has finite gradients at the end of the domain", () => {
    const slope = (f: (x: Tensor) => Tensor, x: number) =>
      tf.tidy(() => tf.grad(f)(tf.scalar(x)).dataSync()[0]);
    expect(slope((a) => math.gammainc(a, 0), 2)).toBeCloseTo(0, 30);
    expect(slope((a) => math.gammainc(a, 0), 0.5)).toBeCloseTo(0, 15);
    for (const x of [0, 1]) {
      expect(slope((a) => math.betainc(x, { a, b: 0.5 }), 0.5)).toBe(0);
      expect(slope((b) => math.betainc(x, { a: 0.5, b }), 2)).toBe(0);
    }
    // The quantile is e^-1e5: nothing in float32, and it stays there.
    expect(slope((a) => math.betaincinv(0.5, { a, b: 2 }), 7e-6)).toBe(0);
    expect(slope((a) => math.gammaincinv(a, 0.5), 7e-6)).toBe(0);
  });

  it.skipIf(missing)("finds what it was made of", () => {
    const [p, shapes] = [tf.scalar(0.3), { a: 0.02, b: 40 }];
    const logit = math.logitBetaincinv(p, shapes);
    expect(logit.dataSync()[0]).toBeLessThan(-60);
    const back = math.betainc(math.betaincinv(p, shapes), shapes);
    expect(back.dataSync()[0]).toBeCloseTo(0.3, 6);
    const turned = math.logitBetaincinv(tf.sub(1, p), { a: 40, b: 0.02 });
    expect(turned.dataSync()[0]! / logit.dataSync()[0]!).toBeCloseTo(-1, 5);
    tf.dispose([p, logit, back, turned]);
  });

  it.skipIf(missing)("refuses a gradient that it does not have", () => {
    expect(() =>
      tf.tidy(() =>
        tf.grad((v: Tensor) => math.besselRatio(v, 2))(tf.scalar(2))
      )
    ).toThrow('Cannot differentiate BesselRatio with respect to "v"');
  });

  it.skipIf(missing)("refuses an order that it does not have", () => {
    expect(() => math.polygamma(1.5, 2)).toThrow(
      "Cannot compute polygamma(1.5, x): the order must be 0, 1, 2 ...",
    );
    expect(() => math.polygamma(-1, 2)).toThrow("polygamma(-1, x)");
  });
});
