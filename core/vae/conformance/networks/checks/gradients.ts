/** The check `gradients` of networks: against differences. @module */

import { uniformStream } from "../../../../engine/random.ts";
import { deriveSeed } from "../../../../engine/seed.ts";
import { tf } from "../../../../engine/tf.ts";
import type { Weights } from "../../../model/artifacts.ts";
import { type Check, compareAll, type Comparison } from "../../check.ts";
import { type Matrix, toTensor, valuesOf } from "../../tensors.ts";
import { inputOf } from "../inputs.ts";
import { type Half, tensorsOf } from "../instance.ts";
import { factorsOf, gradientsOf } from "../projection.ts";
import type { NetworkSubject } from "../subject.ts";

const ROWS = 3;
/** Random directions for each parameter. */
const DIRECTIONS = 3;
/** Of the size of its numbers, by which all of a parameter are moved. */
const STEPS = [1e-3, 3e-4] as const;
/** Share of a gradient's length. */
const TOLERANCE = 0.05;

/** Along random directions, the derivative of the outputs is what differences say. */
export const gradients: Check<NetworkSubject> = {
  name: "gradients",
  title: "Gradients against differences",
  run(subject) {
    const { encoder, decoder } = subject.usual();
    return compareAll(
      [encoder, decoder].flatMap((half) => comparisonsOf(half, subject.seed)),
      {
        title: "derivatives along random directions",
        hint:
          "Compute with operations of tf alone: dataSync, arraySync and tensors made of numbers cut the gradient; look at the gradient of tf.customGrad",
        otherwise: "",
      },
    );
  },
};

function comparisonsOf(half: Half, seed: number): Comparison[] {
  const input = inputOf(half, { rows: ROWS, seed });
  const found = gradientsOf(half, { weights: half.moved, input, seed });
  const places = [
    ...Object.entries(half.moved).map(([path, array]) => ({
      what: `"${path}"`,
      gradient: found.weights[path]!,
      at: (data: Float32Array) =>
        projected(half, {
          weights: { ...half.moved, [path]: { ...array, data } },
          input,
          seed,
        }),
      start: array.data,
    })),
    {
      what: `the input of ${half.name}.apply`,
      gradient: found.input,
      at: (values: Float32Array) =>
        projected(half, {
          weights: half.moved,
          input: { ...input, values },
          seed,
        }),
      start: input.values,
    },
  ];
  return places.flatMap(({ what, gradient, at, start }) => {
    const length = norm(gradient);
    const size = norm(start) / Math.sqrt(start.length);
    return Array.from({ length: DIRECTIONS }, (_, i): Comparison => {
      const uniform = uniformStream(deriveSeed(seed, what), i);
      const signs = Float32Array.from(start, () => uniform() < 0.5 ? -1 : 1);
      const [wide, narrow] = STEPS.map((step) =>
        quotientOf(at, { start, signs, step: step * size })
      ) as [Quotient, Quotient];
      const wanted = narrow.value;
      return {
        what: `the derivative of ${half.name}.apply along ${what}`,
        found: gradient.reduce((sum, g, k) => sum + g * signs[k]!, 0),
        wanted,
        // Where a rectifier has its kink within a step, the two quotients differ.
        allowed: TOLERANCE * Math.max(length, Math.abs(wanted)) +
          2 * Math.abs(wide.value - wanted) + narrow.rounding + TINY,
      };
    });
  });
}

interface Quotient {
  readonly value: number;
  readonly rounding: number;
}

function quotientOf(
  at: (values: Float32Array) => Projected,
  { start, signs, step }: {
    readonly start: Float32Array;
    readonly signs: Float32Array;
    readonly step: number;
  },
): Quotient {
  const moved = (size: number) =>
    at(start.map((value, k) => value + size * signs[k]!));
  const [plus, minus] = [moved(step), moved(-step)];
  return {
    value: (plus.sum - minus.sum) / (2 * step),
    rounding: SINGLE * (plus.size + minus.size) / step,
  };
}

/** Of outputs in single precision, after some layers. */
const SINGLE = 2e-7;

/** So that 0 agrees with 0. */
const TINY = 1e-12;

interface Projected {
  readonly sum: number;
  /** Length of what is summed. */
  readonly size: number;
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

/** The projection, summed in double precision. */
function projected(
  { apply }: Half,
  { weights, input, seed }: {
    readonly weights: Weights;
    readonly input: Matrix;
    readonly seed: number;
  },
): Projected {
  const terms = valuesOf(() => {
    const outputs = apply(tensorsOf(weights), toTensor(input));
    return tf.mul(outputs, factorsOf(outputs.shape, seed));
  });
  return {
    sum: terms.reduce((sum, term) => sum + term, 0),
    size: norm(terms),
  };
}
