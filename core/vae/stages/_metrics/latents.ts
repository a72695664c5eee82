/** Latents of test images, with all that is asked of them. @module */

import type { TrainedModel } from "../../model/open_model.ts";
import { deriveSeed } from "../../../engine/random.ts";
import { type Points, pointsOf } from "../../metrics/mod.ts";
import type { Estimate } from "../../model/artifacts.ts";
import { estimate } from "../../model/estimate.ts";
import { latentProgram } from "../../model/latent_program.ts";
import { marginalOf } from "../../model/marginal.ts";
import { overImages } from "../../model/run_batches.ts";
import { requireNumbers } from "../_finite.ts";
import type { ModelContext } from "../_context.ts";

/** Latents of images, each set of points `[count, S]`. */
export interface Latents {
  /** Posterior means, or what the prior gives for them. */
  readonly mean: Points;
  /** One draw of each posterior. */
  readonly draws: Points;
  /** Two estimates of E[z|x] with independent errors, or twice E[z|x] itself. */
  readonly first: Points;
  readonly second: Points;
  /** KL of each dimension in nats; null where the prior does not factorise. */
  readonly klByDimension: readonly Estimate[] | null;
}

/** What {@link latentsOf} needs. */
export interface LatentsOptions {
  /** Bytes as the model sees them, `[count, inputSize]`. */
  readonly pixels: Uint8Array;
  readonly count: number;
  readonly inputSize: number;
  readonly context: ModelContext;
  readonly onRows: (done: number) => Promise<void>;
}

/**
 * Draws for either estimate of E[z|x]: their noise, a 16th of the posterior's
 * variance, averages out over the images to far less than an active unit.
 */
const DRAWS = 16;
/** What the KLs of the dimensions may miss of the whole, in parts and in nats: rounding. */
const TOLERANCE = 1e-3;

/** Encodes images. */
export async function latentsOf(
  trained: TrainedModel,
  { pixels, count, inputSize, context, onRows }: LatentsOptions,
): Promise<Latents> {
  const { latentDim, seed, prior: { definition, options } } = context;
  const { prior } = trained.model;
  // Elsewhere the contract lets the posterior's mean be a direction or a centre.
  const isExact = prior.support.kind === "interval";
  const marginal = marginalOf(prior, {
    definition,
    options,
    latentDim,
    inputSize,
  });
  const found = await overImages(
    (batchSize) =>
      latentProgram(trained, {
        batchSize,
        inputSize,
        marginal,
        latentDim,
        draws: isExact ? 0 : DRAWS,
        seed: deriveSeed(seed, "latents"),
      }),
    pixels,
    { count, onRows },
  );
  requireNumbers({
    "values of posteriorMean": found["mean"]!,
    "draws of the posteriors": found["latent"]!,
    "values of klDivergence": found["kl"]!,
  }, { ...context, stage: "latent_metrics" });
  const width = found["mean"]!.length / count;
  const points = (name: string) => pointsOf(found[name]!, width);
  const mean = points("mean");
  return {
    mean,
    draws: points("latent"),
    first: isExact ? mean : points("first"),
    second: isExact ? mean : points("second"),
    klByDimension: marginal === null
      ? null
      : byDimension(found["klByDimension"]!, found["kl"]!, latentDim),
  };
}

/** Means over the images; null where the dimensions do not add up to the whole. */
function byDimension(
  parts: Float32Array,
  wholes: Float32Array,
  latentDim: number,
): readonly Estimate[] | null {
  const adds = wholes.every((whole, i) => {
    const part = parts.subarray(i * latentDim, (i + 1) * latentDim);
    const sum = part.reduce((total, value) => total + value, 0);
    return Math.abs(sum - whole) <= TOLERANCE * (1 + Math.abs(whole));
  });
  if (!adds) return null;
  return Array.from({ length: latentDim }, (_, d) =>
    estimate(Float64Array.from(
      { length: wholes.length },
      (_, i) => parts[i * latentDim + d]!,
    )));
}
