/**
 * Everything the report shows. `gather_data.ts` gathers it.
 *
 * @module
 */

import type { Exploration } from "../vae/latent/exploration.ts";
import type { Samples, Training } from "../vae/model/artifacts.ts";
import type {
  PipelineResult,
  Plan,
  StageOutcome,
  Trial,
} from "../pipeline/types.ts";
import type { FigureComparison } from "../vae/compared.ts";
import type {
  Conditions,
  FigureValues,
  Measured,
} from "../vae/figures/figure.ts";

/** A data set without its images. */
export interface DatasetInfo {
  readonly name: string;
  /** One line: where it was read from. */
  readonly source: string;
  /** Procedurally drawn digits, not real data. */
  readonly synthetic: boolean;
  readonly height: number;
  readonly width: number;
  /** 3 where images have colours. */
  readonly channels?: number;
  /** Number of training images. */
  readonly train: number;
  /** Number of test images. */
  readonly test: number;
  /** sha256 of the test images with their labels: figures compare where it is the same. */
  readonly testSet: string;
}

/** A training without its weights. */
export type TrainingInfo = Omit<Training, "weights" | "best">;

/** One trial with what its stages gave; null where they did not. */
export interface TrialData {
  readonly trial: Trial;
  readonly stages: readonly StageOutcome[];
  readonly dataset: DatasetInfo | null;
  readonly training: TrainingInfo | null;
  /** Time that training took, in milliseconds. */
  readonly trainMs: number | null;
  readonly samples: Samples | null;
  readonly measured: Measured;
  readonly figures: FigureValues;
  readonly conditions: Conditions;
  readonly exploration: Exploration | null;
  /** Folder of the artifact that holds the training, for its metrics. */
  readonly trainingDirectory: string | null;
  /** Folder of the artifact that holds the samples, for its pictures. */
  readonly samplesDirectory: string | null;
  /** What failed: `train Mine(1,2): ...`. */
  readonly error: string | null;
}

/** Everything the report shows; texts are without paths of this machine. */
export interface ReportData {
  readonly plan: Plan;
  readonly status: PipelineResult["status"];
  readonly warnings: readonly string[];
  /** The data set of the first trial that has one. */
  readonly dataset: DatasetInfo | null;
  readonly trials: readonly TrialData[];
  /** Configurations by each figure that has a best. */
  readonly comparisons: readonly FigureComparison[];
}

/** Which pictures can be drawn of a trial. */
export interface Pictures {
  readonly samples: boolean;
  readonly reconstructions: boolean;
}

/** Which pictures these samples make; a stage may give no reconstructions. */
export function picturesOf(samples: Samples | null): Pictures {
  return {
    samples: (samples?.generated.count ?? 0) > 0,
    reconstructions: (samples?.originals.count ?? 0) > 0,
  };
}
