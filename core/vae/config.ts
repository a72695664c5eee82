/**
 * A config as a person writes it.
 *
 * @module
 */

import type { ArrayDataset } from "../../datasets/mod.ts";
import type { EngineChoice } from "../engine/engine.ts";
import type { Stage } from "../pipeline/stage.ts";

/** What is to be found, and at what cost; each configuration gets the same. */
export interface SearchConfig {
  /** By the option of a stage a list of values, or a range that settings are drawn from. */
  readonly values: Readonly<
    Record<
      string,
      readonly unknown[] | {
        readonly from: number;
        readonly to: number;
        /** Default `linear`. */
        readonly scale?: "linear" | "log";
        /** Whole numbers alone. */
        readonly whole?: boolean;
      }
    >
  >;
  /** Settings that each configuration tries; default all combinations of lists. */
  readonly budget?: number;
  /** Epochs after which settings are told apart; default `train.epochs` and fewer. */
  readonly rungs?: readonly number[];
  /** Of so many settings of a rung the best one goes on. Default 4. */
  readonly reduction?: number;
  /** Of the draws from ranges. Default 0. */
  readonly seed?: number;
  /** The stage by which settings are told apart, where several can. */
  readonly stage?: string;
}

/**
 * A config as a person writes it. The files of the axes add a key each; any key
 * that is not known is the name of a stage and holds its options.
 */
export interface PipelineConfig {
  /** Names the outputs; default `default`. */
  readonly name?: string;
  /** Latent dimension, or a list of them. Default 20. */
  readonly latentDim?: number | readonly number[];
  /** Seed, or a list of them: unsigned 32-bit whole numbers. Default 0. */
  readonly seed?: number | readonly number[];
  /** Images of a script or config: `fromArrays({ images, labels })`. */
  readonly dataset?: ArrayDataset;
  /**
   * Options of stages in which trials differ, besides: `{ "train.learningRate":
   * [1e-3, 3e-4] }`. Each value is combined with all else.
   */
  readonly matrix?: Readonly<Record<string, readonly unknown[]>>;
  /**
   * Combinations that are not wanted: `[{ prior: "Beta(1,1)", latentDim: 2 }]`.
   * A value is written as in the config, a prior by its label.
   */
  readonly exclude?: readonly Readonly<Record<string, unknown>>[];
  /**
   * Options of stages whose values are to be found for each configuration, by
   * its validation loss, before its trials are run: `{ values: {
   * "train.learningRate": [1e-3, 3e-4] } }`.
   */
  readonly search?: SearchConfig | null;
  readonly engine?: EngineChoice;
  /** Stages side by side; default by the cores. */
  readonly concurrency?: number;
  /**
   * Threads of the engine in each stage. Default 1: side by side runs use the
   * cores best that way. On the native engine another number gives other last
   * digits, on wasm the same bits.
   */
  readonly threads?: number;
  /** Stages to add; one with a default stage's name replaces it. */
  readonly stages?: readonly (Stage | string)[];
  /** Names of default stages to leave out: `["sample_metrics"]`. */
  readonly without?: string | readonly string[];
  /** Folder of the results, from the config's folder. Default `outputs`. */
  readonly outputs?: string;
  /**
   * Where what the stages gave is kept: a folder, from the config's folder, or
   * `s3://bucket/prefix`. Checkouts and machines may share one. Default `store`
   * within `outputs`; the environment's `VAE_PRIORS_STORE` goes before it.
   */
  readonly store?: string;
  /** Named overlays for `--preset`: stage options, `latentDim`, `seed`. */
  readonly presets?: Readonly<Record<string, PresetConfig>>;
  /** Preset taken when `auto` could not have the native engine. */
  readonly fallbackPreset?: string;
  readonly [stage: string]: unknown;
}

/** An overlay on a config. */
export interface PresetConfig {
  readonly latentDim?: number | readonly number[];
  readonly seed?: number | readonly number[];
  readonly [stage: string]: unknown;
}
