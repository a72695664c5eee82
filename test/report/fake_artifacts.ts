/**
 * What the stages of a run give that was never made.
 *
 * @module
 */

import type {
  Artifacts,
  EpochRecord,
  Evaluation,
  Samples,
  Training,
} from "../../core/mod.ts";
import type { StageOutcome } from "../../core/pipeline/types.ts";
import type { Measured } from "../../core/vae/figures/figure.ts";
import type { Exploration } from "../../core/vae/latent/exploration.ts";
import type { Dataset } from "../../datasets/types.ts";
import { fakeImages } from "../picture/fake_images.ts";

/** What to make. */
export interface FakeOptions {
  readonly outputDirectory: string;
  readonly labels?: readonly string[];
  /** Seeds of the runs, by their index; default 0 for all. */
  readonly seeds?: readonly number[];
  readonly synthetic?: boolean;
  readonly binarization?: Evaluation["binarization"];
  /** Forms of pixels of the runs, in their order; default binary. */
  readonly pixels?: readonly Evaluation["pixels"][];
  readonly epochs?: number;
  readonly preset?: string | null;
  readonly warnings?: readonly string[];
  readonly fallbackReason?: string;
  /** Index of the run whose `train` fails. */
  readonly failing?: number;
  /** Whether latents and samples were measured, too. */
  readonly metrics?: boolean;
  /** What was measured of every run, in place of made-up figures. */
  readonly measured?: Measured;
  /** Index of the run that has no densities. */
  readonly withoutDensities?: number;
  /** Index of the run whose KL is an estimate. */
  readonly estimating?: number;
  readonly status?: StageOutcome["status"];
  /** What explored each run, by index. */
  readonly explored?: (run: number) => Exploration;
  /** Names of the stages, in the order load, train, sample, evaluate. */
  readonly stages?: readonly [string, string, string, string];
  /** Options of the stage that trains, beside its epochs. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Folders of artifacts, by key. */
  readonly directories?: Readonly<Record<string, string>>;
}

export function fakeDataset({ synthetic = false }: FakeOptions): Dataset {
  const set = (count: number) => ({
    count,
    images: new Uint8Array(0),
    labels: new Uint8Array(0),
  });
  return {
    name: synthetic ? "synthetic" : "mnist",
    source: synthetic ? "drawn by the program" : "folder datasets/mnist",
    synthetic,
    height: 28,
    width: 28,
    train: set(60_000),
    test: set(10_000),
  };
}

/** Where a run's curve ends, in nats. */
function final(run: number): { reconstruction: number; kl: number } {
  const totals = [99.12, 99.61, 104.93, 101.37];
  const kl = 25.31 - run;
  return { reconstruction: (totals[run % 4] ?? 0) + (run >> 2) - kl, kl };
}

export function fakeTraining(
  run: number,
  { epochs = 20, binarization = "dynamic", pixels = [] }: FakeOptions,
): Training {
  const { reconstruction, kl } = final(run);
  const records = Array.from({ length: epochs }, (_, index): EpochRecord => {
    const far = 1 / (index + 1);
    const record = {
      epoch: index + 1,
      step: (index + 1) * 469,
      reconstruction: reconstruction + 62 * far - 3,
      kl: kl - 6 * far,
      learningRate: 1e-3,
      klWeight: 1,
    };
    const loss = record.reconstruction + record.kl;
    return { ...record, loss, validation: loss + 1 + index / 10 };
  });
  return {
    architecture: {
      inputSize: 784,
      image: { height: 28, width: 28, channels: 1 },
      latentDim: 20,
      latentWidth: 20,
      head: { mean: 20, logVariance: 20 },
    },
    weights: { secret: { shape: [1], data: new Float32Array(1) } },
    best: {},
    bestEpoch: epochs,
    epochs: records,
    steps: epochs * 469,
    pixels: pixels[run] ?? "binary",
    binarization,
    execution: { compiled: true },
  };
}

export function fakeSamples(run: number): Samples {
  return {
    generated: fakeImages(64, { seed: run + 1 }),
    latents: new Float32Array(64 * 20),
    originals: fakeImages(20, { seed: 100 }),
    reconstructions: fakeImages(20, { seed: 100 }),
  };
}

/** Figures that differ from run to run; the third has no KL by dimension. */
export function fakeMetrics(run: number): Pick<
  Artifacts,
  "latentMetrics" | "sampleMetrics"
> {
  const estimate = (mean: number, standardError: number) => ({
    mean,
    standardError,
  });
  return {
    latentMetrics: {
      units: { active: 18 - run, activity: [0.9, 0.5, 0.001] },
      klByDimension: run === 2
        ? null
        : [0.5, 2.25, 1.125, 0.01].map((kl) => estimate(kl, 0.01)),
      knn: { ...estimate(0.9512 - run / 100, 0.0022), k: 5 },
      probe: estimate(0.8734, 0.0033),
      trainImages: 10_000,
      testImages: 10_000,
      aggregate: {
        distance: estimate(0.271 + run / 10, 0.004),
        floor: estimate(0.061, 0.001),
        draws: 1000,
        groups: 10,
      },
      missing: run === 2 ? ["KL by dimension: there is none"] : [],
    },
    sampleMetrics: {
      samples: 5000,
      frechet: 12.34 + run,
      frechetFloor: 0.56,
      precision: estimate(0.8123, 0.0055),
      recall: estimate(0.4321, 0.007),
      neighbours: 3,
      vendi: 6.78,
      vendiOfTest: 8.9,
      classEntropy: 2.211,
      classEntropyOfTest: 2.301,
      copying: {
        probability: estimate(0.5123, 0.03),
        distance: estimate(5.67, 0.08),
        distanceOfUnseen: estimate(5.71, 0.09),
        images: 200,
        samples: fakeImages(20, { seed: 7 }),
        nearest: fakeImages(20, { seed: 8 }),
      },
      classifierAccuracy: estimate(0.9789, 0.0014),
    },
  };
}

export function fakeEvaluation(
  run: number,
  { binarization = "dynamic", pixels = [], withoutDensities, estimating }:
    FakeOptions,
): Evaluation {
  const { reconstruction, kl } = final(run);
  const estimate = (mean: number, standardError: number) => ({
    mean,
    standardError,
  });
  const bare = run === withoutDensities || binarization === "grey";
  return {
    images: 10_000,
    inputSize: 784,
    elbo: estimate(-(reconstruction + kl), 0.24),
    reconstruction: estimate(reconstruction, 0.22),
    kl: estimate(kl, 0.05),
    divergence: run === estimating ? "estimate" : "closed-form",
    nll: bare ? null : {
      ...estimate(reconstruction + kl - 4.2, 0.75),
      samples: 500,
      images: 1000,
      effectiveSampleSize: 31.4,
      samplingError: 0.011,
      sweep: [
        { samples: 1, ...estimate(reconstruction + kl, 0.78) },
        { samples: 500, ...estimate(reconstruction + kl - 4.2, 0.75) },
      ],
    },
    missing: bare ? [`NLL: prior "made-up" exports no densities`] : [],
    pixels: pixels[run] ?? "binary",
    binarization,
  };
}
