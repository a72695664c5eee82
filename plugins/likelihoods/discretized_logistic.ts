/**
 * The 256 grey levels by a logistic distribution cut into bins (Salimans et al.
 * 2017, section 2.1, with one component): the mass of level k is what lies
 * within half a level of k, that of the first and last all beyond.
 *
 * @module
 */

import {
  defineLikelihood,
  logSigmoid,
  type PixelParameters,
  type Tensor2D,
  tf,
  v,
} from "vae-priors";
import { logSinhc } from "./_log_sinhc.ts";

/** Distance of two grey levels on the parameters' axis, where they run from -1 to 1. */
const BIN = 2 / 255;
/** Edges between the levels, on the same axis. */
const EDGES = Float32Array.from({ length: 255 }, (_, k) => (k + 0.5) * BIN - 1);
/** Edges that are looked at together, to bound the memory. */
const TOGETHER = 51;
/** Least logarithm of a scale, as in the paper's code: a bin is 8.6 scales wide there. */
const LEAST = -7;
/** The most that is drawn with: all mass is at the first and last level long before. */
const MOST = 50;

export default defineLikelihood({
  name: "discretized_logistic",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "256 grey levels, by the mass of a logistic distribution",
  options: v.strictObject({}),
  label: () => "Discretized logistic",
  create: () => ({
    pixels: "bytes",
    parameters: ["mean", "logScale"],
    logProb: ({ mean, logScale: raw }, images) => {
      const logScale = tf.maximum(raw!, LEAST);
      const perScale = tf.exp(tf.neg(logScale));
      const centre = tf.mul(
        tf.sub(tf.sub(tf.mul(images, 2), 1), mean!),
        perScale,
      );
      const width = tf.mul(BIN, perScale) as Tensor2D;
      const half = tf.div(width, 2);
      const below = logSigmoid(tf.add(centre, half));
      const above = logSigmoid(tf.sub(half, centre));
      // s(b) - s(a) = s(b) s(-a) (1 - e^-(b - a)): none of the three is lost in another.
      const within = tf.sub(
        tf.add(tf.sub(Math.log(BIN), logScale), logSinhc(width)),
        half,
      );
      const isFirst = tf.less(images, 0.5 / 255);
      const isLast = tf.greater(images, 254.5 / 255);
      const none = tf.zerosLike(centre);
      const inside = tf.logicalNot(tf.logicalOr(isFirst, isLast));
      return tf.sum(
        tf.addN([
          tf.where(isLast, none, below),
          tf.where(isFirst, none, above),
          tf.where(inside, within, none),
        ]) as Tensor2D,
        1,
      );
    },
    mean: (parameters) => mean(parameters),
    sample: ({ mean, logScale }, random) => {
      const uniform = random.uniform(mean!.shape);
      const noise = tf.sub(tf.log(uniform), tf.log(tf.sub(1, uniform)));
      const scale = tf.exp(tf.clipByValue(logScale!, LEAST, MOST));
      const level = tf.round(
        tf.mul(255, tf.div(tf.add(tf.add(mean!, tf.mul(scale, noise)), 1), 2)),
      );
      return tf.div(tf.clipByValue(level, 0, 255), 255) as Tensor2D;
    },
  }),
});

/** E[k / 255], the sum of P(k > e) over the edges e, by 255. */
function mean({ mean, logScale }: PixelParameters): Tensor2D {
  const perScale = tf.expandDims(
    tf.exp(tf.neg(tf.maximum(logScale!, LEAST))),
    2,
  );
  const centre = tf.expandDims(mean!, 2);
  const parts: Tensor2D[] = [];
  for (let i = 0; i < EDGES.length; i += TOGETHER) {
    const edges = tf.tensor1d(EDGES.subarray(i, i + TOGETHER));
    const above = tf.sigmoid(tf.mul(tf.sub(centre, edges), perScale));
    parts.push(tf.sum(above, 2));
  }
  return tf.div(tf.addN(parts), 255);
}
