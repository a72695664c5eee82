import { beforeAll, describe, expect, it } from "vitest";
import { createProgram } from "../../../core/engine/program/create.ts";
import type { ProgramSpec } from "../../../core/engine/program/program.ts";
import { createRandom } from "../../../core/engine/random.ts";
import { type Tensor, tf } from "../../../core/engine/tf.ts";
import * as math from "../../../core/math/mod.ts";
import { ENGINES, useBackend } from "../backends.ts";

const [native] = ENGINES;

const FUNCTIONS: Readonly<Record<string, (x: Tensor, step: Tensor) => Tensor>> =
  {
    lgamma: (x) => math.lgamma(x),
    digamma: (x) => math.digamma(x),
    trigamma: (x) => math.trigamma(x),
    logBeta: (x) => math.logBeta(x, tf.add(x, 1)),
    digammaDifference: (x) => math.digammaDifference(x, tf.add(x, 1)),
    polygamma: (x) => math.polygamma(3, x),
    log1p: (x) => math.log1p(x),
    ndtr: (x) => math.ndtr(x),
    ndtri: (x) => math.ndtri(tf.div(x, 100)),
    gammainc: (x) => math.gammainc(tf.add(x, 1), x),
    betainc: (x) => math.betainc(tf.div(x, 100), { a: 2, b: 0.5 }),
    betaincOfShapes: (x) => math.betainc(0.4, { a: x, b: tf.div(x, 2) }),
    betaincinv: (x) => math.betaincinv(0.4, { a: x, b: tf.div(x, 2) }),
    logitBetaincinv: (x) =>
      math.logitBetaincinv(tf.div(x, 100), { a: tf.div(1, x), b: x }),
    gammaincinv: (x) => math.gammaincinv(x, tf.div(x, 100)),
    logGammaincinv: (x) => math.logGammaincinv(x, tf.div(x, 100)),
    logIv: (x) => math.logIv(1.5, x),
    besselRatio: (x) => math.besselRatio(1.5, x),
    softplusInverse: (x) => math.softplusInverse(x),
    logSigmoid: (x) => math.logSigmoid(x),
    normal: (x, step) =>
      tf.mul(x, createRandom({ seed: 3, step }).normal(x.shape)),
    uniform: (x, step) =>
      tf.mul(x, createRandom({ seed: 3, step }).uniform(x.shape)),
    gamma: (x, step) => createRandom({ seed: 3, step }).gamma(x),
    logGamma: (x, step) => createRandom({ seed: 3, step }).logGamma(x),
  };

function specOf(f: (x: Tensor, step: Tensor) => Tensor): ProgramSpec {
  return {
    variables: {},
    inputs: {
      x: { shape: [2, 3], dtype: "float32" },
      step: { shape: [], dtype: "int32" },
    },
    compute: (_, { x, step }) => {
      const { value, grad } = tf.valueAndGrad((at: Tensor) => f(at, step!))(x!);
      return { value, gradientOfX: grad };
    },
  };
}

describe(`kernels in a compiled program on ${native!.title}`, () => {
  beforeAll(() => native!.missing ? undefined : useBackend("native"));

  it.skipIf(native!.missing).each(Object.entries(FUNCTIONS))(
    "%s computes what it does eagerly",
    (_, f) => {
      const compiled = createProgram(specOf(f));
      const eager = createProgram(specOf(f), { compile: false });
      expect(compiled.execution).toEqual({ compiled: true });
      const x = Float32Array.of(0.02, 0.5, 1, 3, 20, 80);
      for (const step of [0, 1]) {
        const [found, expected] = [compiled, eager].map((program) =>
          program.run({ x, step })
        );
        for (const output of ["value", "gradientOfX"]) {
          expected![output]!.forEach((value, i) => {
            expect(Math.abs(found![output]![i]! - value)).toBeLessThanOrEqual(
              1e-6 * Math.abs(value),
            );
          });
        }
      }
      compiled.dispose();
      eager.dispose();
    },
  );
});
