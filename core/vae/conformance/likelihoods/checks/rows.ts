/** The checks `rows` and `draws-of-rows` of a likelihood. @module */

import { type Tensor2D, tf } from "../../../../engine/tf.ts";
import {
  type Check,
  compareAll,
  type Comparison,
  notApplicable,
} from "../../check.ts";
import { gradientOf, stackRows, toTensor, valuesOf } from "../../tensors.ts";
import { someImages } from "../pixel_values.ts";
import {
  type LikelihoodSubject,
  type PixelInstance,
  variedRaw,
} from "../subject.ts";

const COUNT = 6;
const DRAWS = 3;
const PIXELS = 5;
/** Sums in another order, relative to 1 or to the value. */
const ROUNDING = 1e-4;

/** Row i of what is given is of row i alone: the same with the others left out. */
export const rows: Check<LikelihoodSubject> = {
  name: "rows",
  title: "Rows do not mix",
  run(subject) {
    const instance = subject.build(PIXELS);
    const raw = stackRows(
      variedRaw(instance, { count: COUNT, seed: subject.seed }),
    );
    const images = imagesOf(instance, subject.seed);
    const one = (matrix: Tensor2D, i: number) =>
      tf.slice(matrix, [i, 0], [1, matrix.shape[1]]);
    const functions = {
      logProb: (raw: Tensor2D, images: Tensor2D) =>
        instance.logProb(raw, images),
      mean: (raw: Tensor2D) => instance.mean(raw),
    };
    return compareAll(
      Object.entries(functions).flatMap(([what, compute]) => {
        const whole = valuesOf(() => compute(toTensor(raw), images()));
        const width = whole.length / COUNT;
        return Array.from({ length: COUNT }, (_, i) =>
          compared(
            `${what} of image ${i}, the others left out,`,
            valuesOf(() => compute(one(toTensor(raw), i), one(images(), i))),
            whole.subarray(i * width, (i + 1) * width),
          )).flat();
      }),
      {
        title: "each row by itself",
        hint: "Sum over axis 1 alone, and take nothing from the whole batch",
        otherwise: "",
      },
    );
  },
};

/** `logProbOfDraws` is `logProb` with each image repeated. */
export const drawsOfRows: Check<LikelihoodSubject> = {
  name: "draws-of-rows",
  title: "logProbOfDraws",
  run(subject) {
    const instance = subject.build(PIXELS);
    const { logProbOfDraws } = instance;
    if (logProbOfDraws === undefined) {
      return notApplicable("it has none: images are repeated");
    }
    const raw = stackRows(
      variedRaw(instance, { count: COUNT * DRAWS, seed: subject.seed }),
    );
    const images = imagesOf(instance, subject.seed);
    const ofDraws = (raw: Tensor2D) => logProbOfDraws(raw, images());
    const repeated = (raw: Tensor2D) =>
      instance.logProb(
        raw,
        tf.reshape(tf.tile(tf.expandDims(images(), 1), [1, DRAWS, 1]), [
          COUNT * DRAWS,
          PIXELS,
        ]),
      );
    return compareAll([
      ...compared(
        "logProbOfDraws",
        valuesOf(() => ofDraws(toTensor(raw))),
        valuesOf(() => repeated(toTensor(raw))),
      ),
      ...compared(
        "the gradient of logProbOfDraws",
        gradientOf(ofDraws, raw).values,
        gradientOf(repeated, raw).values,
      ),
    ], {
      title: "against logProb of images repeated",
      hint: "The K rows of an image follow each other: [B * K, P] is [B, K, P]",
      otherwise: "",
    });
  },
};

function imagesOf({ likelihood }: PixelInstance, seed: number) {
  const values = someImages(likelihood, { count: COUNT * PIXELS, seed });
  return () => tf.tensor2d(values, [COUNT, PIXELS]);
}

function compared(
  what: string,
  found: Float32Array,
  wanted: Float32Array,
): Comparison[] {
  return Array.from(wanted, (value, i) => ({
    what,
    found: found[i]!,
    wanted: value,
    allowed: ROUNDING * (1 + Math.abs(value)),
  }));
}
