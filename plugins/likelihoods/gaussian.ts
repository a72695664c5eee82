/**
 * Independent normal pixels. Their mean is within [0, 1]; the standard
 * deviation is fixed, or learnt for all pixels together (Rybkin, Daniilidis and
 * Levine 2021, section 4.1) or for each by the decoder (Kingma and Welling 2014,
 * appendix C.2).
 *
 * @module
 */

import {
  defineLikelihood,
  type LikelihoodScope,
  type PixelParameters,
  positive,
  real,
  type Tensor2D,
  tf,
  v,
} from "vae-priors";

const size = () => v.pipe(v.number(), v.minValue(1e-3), v.maxValue(10));

/** log sqrt(2 pi). */
const LOG_ROOT = Math.log(2 * Math.PI) / 2;

export default defineLikelihood({
  name: "gaussian",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Pixels from 0 to 1, each normal around its own mean",
  options: v.strictObject({
    scale: v.optional(
      v.pipe(
        size(),
        v.description(
          "standard deviation of a pixel; where it is learnt, before training",
        ),
      ),
      0.2,
    ),
    learn: v.optional(
      v.pipe(
        v.picklist(["no", "shared", "pixel"]),
        v.description(
          "whether it stays, is learnt for all pixels together, or comes from the decoder for each",
        ),
      ),
      "shared",
    ),
    minScale: v.optional(
      v.pipe(
        size(),
        v.description(
          "least that a learnt one may become: grey levels are 0.004 apart, and a density of them has no bound",
        ),
      ),
      0.01,
    ),
  }),
  label: ({ scale, learn }) =>
    learn === "no" ? `Gaussian(${scale})` : `Gaussian(${learn})`,
  create: ({ scale, learn, minScale }) => {
    const constrain = positive({ floor: minScale });
    // The raw value that gives `scale`: softplus(start) = scale - minScale.
    const start = Math.log(Math.expm1(Math.max(scale - minScale, 1e-3)));
    const scaleOf = (
      { scale: raw }: PixelParameters,
      { learnt }: LikelihoodScope,
    ): Tensor2D =>
      learn === "no" ? tf.tensor2d([[scale]]) : constrain(
        learn === "pixel"
          ? tf.add(raw!, start)
          : tf.reshape(learnt["scale"]!, [1, 1]),
      );
    return {
      pixels: "unit",
      // Some of the mass lies below 0 and above 1.
      support: real,
      parameters: learn === "pixel" ? ["mean", "scale"] : ["mean"],
      ...(learn === "shared" &&
        { learnt: { scale: { shape: [1], initial: () => [start] } } }),
      // -(x - m)^2 / (2 s^2) - log s - log sqrt(2 pi).
      logProb: (parameters, images, scope) => {
        const scale = scaleOf(parameters, scope);
        const distance = tf.div(
          tf.sub(images, tf.sigmoid(parameters["mean"]!)),
          scale,
        );
        return tf.neg(tf.sum(
          tf.add(
            tf.div(tf.square(distance), 2),
            tf.add(tf.log(scale), LOG_ROOT),
          ),
          1,
        ));
      },
      mean: ({ mean }) => tf.sigmoid(mean!),
      sample: (parameters, random, scope) => {
        const mean = tf.sigmoid(parameters["mean"]!);
        const noise = random.normal(mean.shape) as Tensor2D;
        return tf.add(mean, tf.mul(scaleOf(parameters, scope), noise));
      },
    };
  },
});
