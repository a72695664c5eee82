/**
 * A model at one batch of images, as an objective sees it.
 *
 * @module
 */

import { type Tensor1D, type Tensor2D, tf } from "../../engine/tf.ts";
import type { ObjectiveModel } from "../plugin/objective.ts";
import type { Prior } from "../plugin/prior.ts";
import { logLikelihoodOfDraws } from "./draws_likelihood.ts";
import type { ElboInputs } from "./elbo.ts";
import { klByDimension } from "./marginal.ts";
import type { Model } from "./model.ts";
import { encode } from "./network.ts";
import { priorScope } from "./prior_scope.ts";
import { repeatPosterior } from "./repeat_rows.ts";

/** What of a model an objective may ask for besides. */
export interface ObjectiveExtras {
  /** The prior in one dimension; null where it is not one of independent dimensions, and where nobody asks for it. */
  readonly marginal: Prior | null;
  readonly latentDim: number;
}

/** The model of `weights` at `images`. */
export function objectiveModel(
  model: Model,
  { weights, images, random }: ElboInputs,
  { marginal, latentDim }: ObjectiveExtras,
): ObjectiveModel {
  const { prior } = model;
  const batch = images.shape[0];
  const scope = priorScope(model, weights);
  const byImage = (values: Tensor1D) =>
    tf.reshape(values, [batch, values.shape[0] / batch]) as Tensor2D;
  return {
    posterior: encode(model, weights, images),
    random,
    sample: (posterior, samples = 1) =>
      prior.sample(
        samples === 1 ? posterior : repeatPosterior(posterior, samples),
        random,
      ),
    logLikelihood: (latent) =>
      logLikelihoodOfDraws(model, weights, { latent, images }),
    klDivergence: (posterior, latent) =>
      prior.klDivergence(posterior, { ...scope, latent, random }),
    // Both are there, or the objective would have been refused: `requireNeeds`.
    klByDimension: (posterior) =>
      klByDimension(marginal!, posterior, { latentDim, random }),
    logPrior: (latent) => byImage(prior.densities!.prior(latent, scope)),
    logPosterior: (posterior, latent) => {
      const repeated = repeatPosterior(posterior, latent.shape[0] / batch);
      return byImage(prior.densities!.posterior(repeated, latent));
    },
  };
}
