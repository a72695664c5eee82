/** Objectives with one thing wrong each. @module */

import {
  defineObjective,
  type Objective,
  type ObjectiveModel,
  type ObjectiveTerms,
  type Scalar,
  scaleGradient,
  stopGradient,
  tf,
  v,
} from "../../../../core/mod.ts";

/** What is wrong with an objective, and which check must say so. */
export interface Wrong {
  readonly name: string;
  readonly check: string;
  readonly says: RegExp;
  /** Another objective with each build. */
  create(): Objective;
}

const K = 5;

/** Log-weights `[B, K]` with and without a gradient by q's parameters. */
function weighed(
  model: ObjectiveModel,
  latent = model.sample(model.posterior, K),
) {
  const { posterior } = model;
  const held = Object.fromEntries(
    Object.entries(posterior).map(([name, x]) => [name, stopGradient(x)]),
  );
  const logLikelihood = model.logLikelihood(latent);
  const joint = tf.add(logLikelihood, model.logPrior(latent));
  return {
    latent,
    logLikelihood,
    whole: tf.sub(joint, model.logPosterior(posterior, latent)),
    byDraw: tf.sub(joint, model.logPosterior(held, latent)),
  };
}

function rightTerms(model: ObjectiveModel): ObjectiveTerms {
  const { logLikelihood, whole } = weighed(model);
  return {
    loss: tf.mean(tf.sub(Math.log(K), tf.logSumExp(whole, 1))),
    reconstruction: tf.neg(tf.mean(logLikelihood, 1)).as1D(),
    kl: tf.mean(tf.sub(logLikelihood, whole), 1).as1D(),
  };
}

/** The importance-weighted bound, but for what `change` makes of it. */
function but(
  change: (
    terms: ObjectiveTerms,
    model: ObjectiveModel,
  ) => Partial<ObjectiveTerms>,
): Objective {
  return {
    needs: ["densities"],
    isBound: true,
    terms: (model) => {
      const terms = rightTerms(model);
      return { ...terms, ...change(terms, model) };
    },
  };
}

/** The right one, and all others. */
export const RIGHT = but(() => ({}));

export const WRONG: readonly Wrong[] = [
  {
    name: "a rate that is no number",
    check: "contract",
    says: /rate "weight" is NaN at step 1/,
    create: () => ({
      ...RIGHT,
      rates: { weight: ({ step }) => (step - 1) / 0 / Infinity },
    }),
  },
  {
    name: "a warm-up that goes on",
    check: "contract",
    says: /rate "weight" still changes after warmupEpochs = 2/,
    create: () => ({
      ...RIGHT,
      warmupEpochs: 2,
      rates: { weight: ({ step }) => 1 - Math.exp(-step / 1000) },
    }),
  },
  {
    name: "a loss for each image",
    check: "shapes",
    says: /its term "loss" gives shape \[1\], want \[\]/,
    create: () => but(({ kl }) => ({ loss: kl as never })),
  },
  {
    name: "a need that it does not say",
    check: "shapes",
    says: /it calls "logPrior" and does not need "densities"/,
    create: () => ({ ...RIGHT, needs: [] }),
  },
  {
    name: "noise of its own",
    check: "seeds",
    says: /a step with the same seed differs/,
    create: () => {
      let noise = 0;
      return but(({ loss }) => ({ loss: tf.add(loss, noise += 0.1) }));
    },
  },
  {
    name: "a KL of the other sign",
    check: "terms",
    says: /^the mean of "kl" where it is not is -1\.07/,
    create: () => but(({ kl }) => ({ kl: tf.neg(kl) })),
  },
  {
    name: "a reconstruction that is summed over the draws",
    check: "terms",
    says: /the mean of "reconstruction" where q is exact is/,
    create: () =>
      but(({ reconstruction }) => ({
        reconstruction: tf.mul(K, reconstruction),
      })),
  },
  {
    name: "the logarithm of a sum of weights",
    check: "bound",
    says: /-loss where q\(z\|x\) is exact is -3\.3/,
    create: () => but(({ loss }) => ({ loss: tf.sub(loss, Math.log(K)) })),
  },
  {
    name: "a mean over draws and images before the logarithm",
    check: "bound",
    says: /-loss where q\(z\|x\) is exact is/,
    create: () =>
      but((_, model) => {
        const { whole } = weighed(model);
        return { loss: tf.sub(Math.log(whole.size), tf.logSumExp(whole)) };
      }),
  },
  {
    name: "scores left out of weights that are not squared",
    check: "gradient",
    says: /the mean gradient by the posterior's .* where it is not is/,
    create: () =>
      but((_, model) => {
        const { byDraw } = weighed(model);
        return { loss: tf.mean(tf.sub(Math.log(K), tf.logSumExp(byDraw, 1))) };
      }),
  },
  {
    name: "weights squared for the prior, too",
    check: "gradient",
    says: /the mean gradient by the (prior|decoder)'s/,
    create: () =>
      but((_, model) => {
        const { byDraw } = weighed(model);
        const weights = stopGradient(tf.softmax(byDraw));
        const value = tf.mean(tf.sub(Math.log(K), tf.logSumExp(byDraw, 1)));
        const pulled = tf.neg(
          tf.mean(tf.sum(tf.mul(tf.square(weights), byDraw), 1)),
        );
        return {
          loss: tf.add(pulled, stopGradient(tf.sub(value, pulled))),
        };
      }),
  },
  {
    name: "draws whose gradient is lost",
    check: "gradient",
    says: /the mean gradient by the posterior's/,
    create: () =>
      but((_, model) => {
        const latent = scaleGradient(
          model.sample(model.posterior, K),
          (value) => ({ value, factor: tf.scalar(0.5) }),
        );
        const { whole } = weighed(model, latent);
        return { loss: tf.mean(tf.sub(Math.log(K), tf.logSumExp(whole, 1))) };
      }),
  },
  {
    name: "a weight that falls with its calls",
    check: "compiled",
    says: /^loss at step \d is/,
    create: () => {
      let calls = 0;
      return but(({ loss }) => ({
        loss: tf.mul(loss, calls++ < 2 ? 1 : 0.5) as Scalar,
      }));
    },
  },
  {
    name: "weights that overflow",
    check: "finite",
    says: /loss is (Infinity|NaN) at the posterior's mean\[0\] = 30/,
    create: () =>
      but((_, model) => {
        const { whole } = weighed(model);
        return { loss: tf.neg(tf.mean(tf.log(tf.mean(tf.exp(whole), 1)))) };
      }),
  },
];

/** An objective's plugin. */
export function pluginOf(create: () => Objective) {
  return defineObjective({
    name: "mine",
    version: "1.0.0",
    apiVersion: 1,
    module: import.meta.url,
    description: "One of those that are looked at",
    options: v.strictObject({}),
    create,
  }).definition;
}
