/**
 * The ELBO of test images, and what is measured of its parts.
 *
 * @module
 */

import { createProgram } from "../../../engine/program/create.ts";
import type { Estimate, Training } from "../../model/artifacts.ts";
import { batchStarts } from "../../model/batches.ts";
import { estimate } from "../../model/estimate.ts";
import type { TrainedModel } from "../../model/open_model.ts";
import { evaluationProgram } from "../../model/training_program.ts";
import type { ModelContext } from "../_context.ts";
import { requireTerms } from "../_finite.ts";
import { pacer } from "../_train/pace.ts";

/** Over the test set, in nats an image; `elbo` = -(reconstruction + kl). */
export interface ElboFigures {
  readonly elbo: Estimate;
  /** Negative log-likelihood of x under q(z|x). */
  readonly reconstruction: Estimate;
  readonly kl: Estimate;
}

/** Of each image, `[images]`, nats, as the program gives them. */
export interface ElboTerms {
  readonly reconstruction: Float32Array;
  readonly kl: Float32Array;
}

/** The images that are measured. */
export interface TestSet {
  /** Bytes, binary or grey. */
  readonly images: Uint8Array;
  readonly count: number;
  /** Images to be looked at in all, for the progress. */
  readonly total: number;
}

/** Evaluates the ELBO of every image. */
export async function elboOnTestSet(
  test: TestSet,
  { trained, training, context }: {
    readonly trained: TrainedModel;
    readonly training: Training;
    readonly context: ModelContext;
  },
): Promise<{
  /** Of each image. */
  readonly elbo: Float64Array;
  readonly means: ElboFigures;
  readonly terms: ElboTerms;
}> {
  const { inputSize } = training.architecture;
  const batchSize = Math.min(200, test.count);
  const program = createProgram(evaluationProgram({
    ...trained,
    batchSize,
    inputSize,
    binarization: "grey",
    seed: context.seed,
  }));
  // Single precision, as the program has them: no digit is lost.
  const reconstruction = new Float32Array(test.count);
  const kl = new Float32Array(test.count);
  const pace = pacer(context.signal);
  try {
    for (const start of batchStarts(test.count, batchSize)) {
      const pixels = test.images.subarray(
        start * inputSize,
        (start + batchSize) * inputSize,
      );
      const terms = program.run({ pixels, step: start });
      reconstruction.set(terms["reconstruction"]!, start);
      kl.set(terms["kl"]!, start);
      if (await pace()) context.progress(start + batchSize, test.total);
    }
  } finally {
    program.dispose();
  }
  requireTerms({ reconstruction, kl }, {
    images: "test images",
    context: { ...context, stage: "evaluate" },
  });
  const elbo = Float64Array.from(
    reconstruction,
    (value, i) => -value - kl[i]!,
  );
  return {
    elbo,
    means: {
      elbo: estimate(elbo),
      reconstruction: estimate(reconstruction),
      kl: estimate(kl),
    },
    terms: { reconstruction, kl },
  };
}
