/**
 * What a comparison of two runs has.
 *
 * @module
 */

import type { Difference } from "./differences.ts";

/** Two runs, compared; the first is `before`. */
export interface RunComparison {
  readonly config: readonly Difference[];
  /** Versions, system, engine. */
  readonly environment: readonly Difference[];
  /** Sources of priors and stages, data, state in git. */
  readonly sources: readonly Difference[];
  readonly trials: readonly TrialComparison[];
  /** Configurations over their seeds, where there are several and intervals were asked for. */
  readonly overSeeds?: readonly SeedsComparison[];
  /** Labels of trials that have no counterpart. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

/** A trial of either run that answer each other. */
export interface TrialComparison {
  /** Label; both, with an arrow, where they differ. */
  readonly label: string;
  readonly metrics: readonly MetricComparison[];
  readonly stages: readonly StageComparison[];
}

/** One figure of a trial. */
export interface MetricComparison
  extends Partial<Pick<MetricInterval, "interval" | "images">> {
  /** Its name in the list of figures. */
  readonly name: string;
  readonly before: number | null;
  readonly after: number | null;
  /** `after - before`; null where one is missing or they do not compare. */
  readonly difference: number | null;
  /**
   * Of the difference; as of two independent estimates, which errs on the large
   * side, where `images` does not say that they are paired. Null, too, where the
   * figure has none.
   */
  readonly standardError: number | null;
  /** Why they do not compare. */
  readonly problem?: string;
}

/** One stage of a trial. */
export interface StageComparison {
  readonly name: string;
  /** Null where the run lacks it. */
  readonly before: string | null;
  readonly after: string | null;
  /** Fields of the key that differ, but for keys of earlier stages. */
  readonly changes: readonly Difference[];
  /** Whether the files are bit for bit the same; null where it is not known. */
  readonly sameResult: boolean | null;
}

/** A configuration of either run, over the seeds of its trials. */
export interface SeedsComparison {
  /** Label without the seed; both, with an arrow, where they differ. */
  readonly label: string;
  /** Trials of either. */
  readonly trials: number;
  readonly metrics: readonly MetricInterval[];
}

/** A difference with its interval. */
export interface MetricInterval {
  readonly name: string;
  /** `after - before`. */
  readonly difference: number;
  readonly standardError: number;
  /** 95 %. */
  readonly interval: readonly [number, number];
  /** Whether training luck is in it. */
  readonly hasSeeds: boolean;
  /** How the test images are in it. */
  readonly images: "paired" | "independent" | "none";
}
