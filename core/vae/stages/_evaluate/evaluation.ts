/**
 * What the `evaluate` stage gives.
 *
 * @module
 */

import type { NllEstimate } from "../../model/artifacts.ts";
import type { PixelForm } from "../../plugin/likelihood.ts";
import type { ElboFigures, ElboTerms } from "./elbo.ts";

declare module "../../../pipeline/artifacts.ts" {
  interface Artifacts {
    /** Numbers on the test set. */
    evaluation: Evaluation;
  }
}

/**
 * Numbers on the test set, in nats an image. Of pixels of the form `unit` they
 * are logarithms of a density.
 */
export interface Evaluation extends ElboFigures {
  readonly images: number;
  /** Values `P` of an image. */
  readonly inputSize: number;
  /** Whether the KL of an image was exact, or itself estimated from a draw. */
  readonly divergence: "closed-form" | "estimate";
  /** Importance-weighted NLL; null, with `missing`, where the prior has no densities. */
  readonly nll: NllEstimate | null;
  /** What could not be had and why, for the report. */
  readonly missing: readonly string[];
  /** Which pixels the likelihood is one of: figures of different forms do not compare. */
  readonly pixels: PixelForm;
  /** How binary pixels were made; those of other forms are `grey`, as they are. */
  readonly binarization: "dynamic" | "threshold" | "grey";
  /** Not there in what was made before they were kept. */
  readonly terms?: ImageTerms;
}

/**
 * What the means are the means of, image by image in the order of the test set,
 * so that models are compared on the same images. The ELBO of one is
 * -(reconstruction + kl), in double precision.
 */
interface ImageTerms extends ElboTerms {
  /** `[nll.images]`, nats; null where there is none. */
  readonly nll: Float64Array | null;
}
