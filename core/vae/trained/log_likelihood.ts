/** log p(x) of any images by importance weights. @module */

import { setImmediate } from "node:timers/promises";
import { UserError } from "../../lib/errors.ts";
import { fixedImages } from "../model/fixed_images.ts";
import { type DenseModel, importanceEstimate } from "../model/importance.ts";
import {
  importanceRun,
  weightsOfBatches,
} from "../model/importance_batches.ts";
import type { Training } from "../model/artifacts.ts";
import type { Model } from "../model/model.ts";
import type { TrainedModel } from "../model/open_model.ts";
import type { Rows } from "./check_given.ts";
import type { OverRowsOptions } from "./over_rows.ts";
import { weighingProgram } from "./programs.ts";

/** What {@link logLikelihoods} needs. */
export interface LogLikelihoodJob extends Omit<OverRowsOptions, "name"> {
  readonly trained: TrainedModel & { readonly model: DenseModel };
  /** Draws for each image, `K`. */
  readonly samples: number;
  /** Of the stream of draws. */
  readonly seed: number;
}

/**
 * Estimates of log p(x) in nats for images on the scale of bytes, as the
 * likelihood has them. Batches, runs and steps are those of `evaluate`, and with
 * them the draws.
 */
export async function logLikelihoods(
  { count, values }: Rows,
  { trained, samples, seed, programs, check }: LogLikelihoodJob,
): Promise<Float64Array> {
  const size = values.length / count;
  const { batchSize, chunk } = importanceRun({ count, samples });
  const make = () =>
    weighingProgram({
      ...trained,
      variables: trained.variables,
      batchSize,
      inputSize: size,
      samples: chunk,
      seed,
    });
  const run = (start: number, step: number) => {
    check();
    const program = programs.get(`weigh ${batchSize} ${chunk} ${seed}`, make);
    const rows = values.subarray(start * size, (start + batchSize) * size);
    return program.run({ rows, step })["logWeights"]!;
  };
  const all = new Float64Array(count);
  const batches = weightsOfBatches({ count, samples }, run);
  for (const { start, logWeights } of batches) {
    for (let i = 0; i < batchSize; i++) {
      const ofImage = logWeights.subarray(i * samples, (i + 1) * samples);
      all[start + i] = importanceEstimate(ofImage).logLikelihood;
    }
    await setImmediate();
  }
  return all;
}

/** Images as the likelihood has them: grey ones made binary where it wants such. */
export function asModelled(
  { count, values }: Rows,
  { binarization }: Pick<Training, "binarization">,
): Rows {
  return { count, values: fixedImages(values, { binarization, set: "test" }) };
}

/**
 * Refuses a model that has no likelihood to be estimated.
 *
 * @throws {UserError} where its prior has no densities, or its pixels are grey
 * and its likelihood is one of binary ones.
 */
export function requireLikelihood(
  trained: TrainedModel,
  { pixels, binarization }: Pick<Training, "pixels" | "binarization">,
  { action, label }: { readonly action: string; readonly label: string },
): asserts trained is TrainedModel & { readonly model: DenseModel } {
  if (pixels === "binary" && binarization === "grey") {
    throw new UserError(
      `${action}: the model was trained on grey pixels, which have no likelihood of binary ones`,
    );
  }
  if (!isDense(trained.model)) {
    throw new UserError(
      `${action}: the prior of ${label} exports no densities`,
    );
  }
}

function isDense(model: Model): model is DenseModel {
  return model.prior.densities !== undefined;
}
