/**
 * The outcome of a pipeline as one JSON value: what `run --json` prints and
 * what `summary.json` holds.
 *
 * @module
 */

import type { FigureComparison } from "../vae/compared.ts";
import type { SearchState } from "../pipeline/search/types.ts";
import type { FigureName } from "../vae/figures.ts";
import type { summariseEvaluation } from "../vae/figures/evaluation.ts";
import type { Conditions, FigureValues } from "../vae/figures/figure.ts";
import type { summariseLatents } from "../vae/figures/latents.ts";
import type { summariseSamples } from "../vae/figures/samples.ts";
import type { Spread } from "./over_seeds.ts";

/** A whole pipeline. */
export interface RunSummary {
  /** Identifier of the plan, `default-1a2b3c4d`. */
  readonly run: string;
  /** Null where it could not be loaded. */
  readonly dataset: DatasetSummary | null;
  readonly engine: EngineSummary;
  readonly trials: readonly TrialSummary[];
  /** Trials that differ in nothing but their seed, taken together; empty for one seed. */
  readonly overSeeds: readonly SeedsSummary[];
  /** All configurations with all others, by each figure that has a best and a known error. */
  readonly comparisons: readonly FigureComparison[];
  /** Options that were found before; null where none were to be. */
  readonly search: SearchSummary | null;
}

/** A search: what was tried, and what won. */
export type SearchSummary = Omit<SearchState, "artifacts"> & {
  /** Of so many settings of a rung one went on. */
  readonly reduction: number;
};

/** Means and standard deviations over the seeds of one prior and latent dimension, by figure. */
export interface SeedsSummary
  extends Readonly<Record<FigureName, Spread | null>> {
  /** `Mine(1,2)`, the prior alone. */
  readonly label: string;
  /** `Mine(1,2) D=20`: all that the trials have in common, where it is not all trials'. */
  readonly group: string;
  readonly latent: number;
  /**
   * In what trials differ besides: options of stages, `train.learningRate`, and
   * parts of the model that are not the usual ones, as a config names them.
   */
  readonly matrix: Readonly<Record<string, unknown>>;
  readonly seeds: readonly number[];
}

/** The data, without the data. */
export interface DatasetSummary {
  readonly name: string;
  /** Procedurally drawn digits, not real data. */
  readonly synthetic: boolean;
  /** One line: where it was read from. */
  readonly source: string;
  /** Number of training images. */
  readonly train: number;
  /** Number of test images. */
  readonly test: number;
}

/** The engine that ran. */
export interface EngineSummary {
  readonly name: string;
  readonly version: string;
  /** Why it was not the native engine, where that was asked for by `auto`. */
  readonly fallbackReason: string | null;
}

/** One trial; null stands for whatever a failed or skipped stage did not give. */
export interface TrialSummary {
  /** Name of the prior's definition. */
  readonly prior: string;
  /** `Mine(1,2)`, with what tells it from other trials. */
  readonly label: string;
  /** The label without the seed: the configuration, as `comparisons` names it. */
  readonly group: string;
  /** `Mine(1,2)`, the prior alone. */
  readonly priorLabel: string;
  /** Its network by its label, `MLP(400)`. */
  readonly network: string;
  /** Its likelihood by its label. */
  readonly likelihood: string;
  /** Its objective by its label. */
  readonly objective: string;
  /** Options of the prior, defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Latent dimension. */
  readonly latent: number;
  readonly seed: number;
  /**
   * In what trials differ besides: options of stages, `train.learningRate`, and
   * parts of the model that are not the usual ones, as a config names them.
   */
  readonly matrix: Readonly<Record<string, unknown>>;
  readonly stages: readonly StageSummary[];
  readonly train: TrainSummary;
  /** All figures that could be had. */
  readonly figures: FigureValues;
  /** What they hold under. */
  readonly conditions: Conditions;
  readonly test: TestSummary;
  /** Null where the stage `latent_metrics` gave nothing. */
  readonly latents: LatentsSummary | null;
  /** Null where the stage `sample_metrics` gave nothing. */
  readonly samples: SamplesSummary | null;
  readonly images: ImagesSummary;
  /** What failed and why; absent where nothing did. */
  readonly error?: string;
}

/** One stage of a trial. */
export interface StageSummary {
  readonly name: string;
  /** Taken from the store as it was. */
  readonly cached: boolean;
  /** Why it ran, or did not. */
  readonly reason: string;
  /** Milliseconds that it took, this time or when it was stored. */
  readonly ms: number;
}

/** What came of training. */
export interface TrainSummary {
  readonly steps: number | null;
  readonly msPerStep: number | null;
  /** Loss of the last epoch, in nats per image. */
  readonly loss: number | null;
}

/** Means on the test set, in nats per image. */
export type TestSummary = ReturnType<typeof summariseEvaluation>;

/** What the latents are like. */
export type LatentsSummary = NonNullable<ReturnType<typeof summariseLatents>>;

/** What the samples are like, without pictures. */
export type SamplesSummary = NonNullable<ReturnType<typeof summariseSamples>>;

/** Paths of the pictures: in `summary.json` from its folder, else absolute. */
export interface ImagesSummary {
  readonly samples: string | null;
  readonly reconstructions: string | null;
}
