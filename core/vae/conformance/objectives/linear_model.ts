/**
 * The model of known likelihood as an objective sees a model.
 *
 * @module
 */

import type { Random } from "../../../engine/random.ts";
import {
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
} from "../../../engine/tf.ts";
import { repeatPosterior } from "../../model/repeat_rows.ts";
import type { ObjectiveModel } from "../../plugin/objective.ts";
import type { Posterior } from "../../plugin/prior.ts";
import { exactPosterior, IMAGES, LOADINGS, NOISE } from "./closed_form.ts";

/**
 * The model at a batch whose images are those of `IMAGES` in turns.
 *
 * @param points `[B, 9]`: each row has parameters of its own, so that their
 * gradients are as many draws of the gradient of one
 */
export function linearModel(points: Tensor2D, random: Random): ObjectiveModel {
  const batch = points.shape[0];
  const inTurns = (values: readonly (readonly number[])[]) =>
    tf.tensor2d(
      Array.from({ length: batch }, (_, i) => [...values[i % values.length]!]),
    );
  const exact = IMAGES.map((image) => exactPosterior(image));
  const [shift, spread, prior, offset] = tf.split(points, [2, 2, 2, 3], 1);
  const posterior = {
    mean: tf.add(inTurns(exact.map(({ mean }) => mean)), shift!) as Tensor2D,
    scale: tf.mul(
      inTurns(exact.map(({ scale }) => scale)),
      tf.exp(spread!),
    ) as Tensor2D,
  };
  const images = inTurns(IMAGES);
  /** `[B * K, S]` to `[B, K, S]`. */
  const byImage = (rows: Tensor) =>
    tf.reshape(rows, [batch, rows.shape[0]! / batch, rows.shape[1]!]);
  return {
    posterior,
    random,
    sample: (posterior, samples = 1) => {
      const { mean, scale } = repeatPosterior(posterior, samples);
      return tf.add(mean!, tf.mul(scale!, random.normal(mean!.shape)));
    },
    logLikelihood: (latent) => {
      const loadings = tf.tensor2d(LOADINGS.map((row) => [...row]));
      const predicted = tf.add(
        byImage(tf.matMul(latent, loadings, false, true)),
        tf.expandDims(offset!, 1),
      );
      return logNormal(tf.sub(tf.expandDims(images, 1), predicted), NOISE);
    },
    klDivergence: (posterior) => tf.sum(kl(posterior, prior!), 1) as Tensor1D,
    klByDimension: (posterior) => kl(posterior, prior!),
    logPrior: (latent) =>
      logNormal(tf.sub(byImage(latent), tf.expandDims(prior!, 1)), 1),
    logPosterior: ({ mean, scale }, latent) =>
      logNormal(
        tf.sub(byImage(latent), tf.expandDims(mean!, 1)),
        tf.expandDims(scale!, 1),
      ),
  };
}

/** KL to N(prior, 1) in nats, `[B, D]`. */
function kl({ mean, scale }: Posterior, prior: Tensor): Tensor2D {
  const square = tf.add(
    tf.square(scale!),
    tf.square(tf.sub(mean!, prior)),
  );
  return tf.sub(tf.mul(0.5, tf.sub(square, 1)), tf.log(scale!)) as Tensor2D;
}

/** log N(rest; 0, scale^2) in nats, summed over the last axis: `[B, K]`. */
function logNormal(rest: Tensor, scale: Tensor | number): Tensor2D {
  const square = tf.square(tf.div(rest, scale));
  const normalizer = tf.add(tf.log(scale), 0.5 * Math.log(2 * Math.PI));
  return tf.neg(
    tf.sum(tf.add(tf.mul(0.5, square), normalizer), -1),
  ) as Tensor2D;
}
