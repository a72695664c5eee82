/**
 * What a format of other programs is, here: a trial in, files out.
 *
 * @module
 */

import type { Model } from "../vae/model/model.ts";
import type {
  ImageBatch,
  Samples,
  Training,
  Weights,
} from "../vae/model/artifacts.ts";
import type { MetricsRecord } from "../pipeline/execute/metrics_log.ts";
import type { Measured } from "../vae/figures/figure.ts";
import type { Trial } from "../pipeline/types.ts";

/** A trial as far as the store has it. */
export interface ConvertedTrial {
  readonly plan: Trial;
  /** Options of stages in which trials differ: `train.learningRate`. */
  readonly matrix: Readonly<Record<string, unknown>>;
  /** Key of its training. */
  readonly key: string;
  /** Built for this trial; its functions need a started engine. */
  readonly model: Model;
  readonly training: Training;
  /** The training's weights that were asked for. */
  readonly weights: Weights;
  /** Lines of the training's `metrics.jsonl`. */
  readonly metrics: readonly MetricsRecord[];
  /** Time that the training took, milliseconds. */
  readonly ms: number;
  /** Options of the stage that trained. */
  readonly trainOptions: Readonly<Record<string, unknown>>;
  readonly samples: Samples | null;
  readonly measured: Measured;
  /** Test images with their labels; null where the data are not in the store. */
  readonly test: LabelledImages | null;
}

/** Bytes of images, row by row, and a label for each. */
interface LabelledImages {
  readonly count: number;
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** A file in the making. */
export interface OutputFile {
  /** From the trial's folder, with `/`. */
  readonly path: string;
  readonly data: Uint8Array | string;
}

/** What a format needs to be started. */
type EngineNeed = "none" | "any" | "native";

/** One format. */
export interface Format {
  readonly name: string;
  readonly description: string;
  readonly engine: EngineNeed;
  /** Whether its files tell the last weights from the best. */
  readonly hasWeights: boolean;
  /** The files of a trial; `note` hears of what cannot be told in this format. */
  files(
    trial: ConvertedTrial,
    note: (note: string) => void,
  ): Promise<readonly OutputFile[]>;
}

/** The pictures that a trial has, by name. */
export function imageBatches(
  { samples }: Pick<ConvertedTrial, "samples">,
): readonly (readonly [string, ImageBatch])[] {
  return samples === null ? [] : [
    ["samples", samples.generated],
    ["originals", samples.originals],
    ["reconstructions", samples.reconstructions],
  ];
}
