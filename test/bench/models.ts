/**
 * What is timed: trials of the default config, and of it with the larger
 * networks of the peers' scripts.
 *
 * @module
 */

import type { PipelineConfig } from "../../core/mod.ts";
import { gaussian } from "../../plugins/mod.ts";
import { conv, mlp } from "../../plugins/networks/mod.ts";
import { iwae } from "../../plugins/objectives/mod.ts";

/** A model, by the name under which results keep it. */
export interface TimedModel {
  /** Label of its trial. */
  readonly label: string;
  /** For a table. */
  readonly title: string;
  /** What the default config has instead; nothing is the default config itself. */
  readonly instead?: Partial<PipelineConfig>;
  /** The peers' script, `step_torch` with this behind it, and its arguments. */
  readonly peer: readonly [script: "" | "_net", ...args: string[]];
  /** Steps for one of the small models': these take longer. */
  readonly share: number;
}

const seedPrior = (label: string, peer: string): TimedModel => ({
  label,
  title: label,
  peer: ["", peer],
  share: 1,
});

const gated = {
  networks: mlp({ hidden: [300, 300], activation: "gated" }),
  latentDim: 40,
};
const convolutions = { networks: conv({ widths: [32, 64], dense: 256 }) };

/** Batch of the gated model (Tomczak and Welling 2018). */
const GATED_BATCH = 100;

const network = (
  title: string,
  peer: readonly [string, string],
  { batchSize = 128, share, ...instead }:
    & Partial<PipelineConfig>
    & { readonly batchSize?: number; readonly share: number },
): TimedModel => ({
  label: "Gaussian(0,1)",
  title,
  instead: {
    ...instead,
    priors: [gaussian()],
    train: { batchSize, learningRate: 5e-4 },
  },
  peer: ["_net", ...peer],
  share,
});

/** All of them. */
export const MODELS = {
  normal: seedPrior("Gaussian(0,1)", "normal"),
  gaussian12: seedPrior("Gaussian(1,2)", "gaussian12"),
  beta11: seedPrior("Beta(1,1)", "beta11"),
  gamma32: seedPrior("Gamma(3,2)", "gamma32"),
  gated: network("gated", ["gated", "elbo"], {
    ...gated,
    batchSize: GATED_BATCH,
    share: 1 / 2,
  }),
  gated_iwae5: network("gated, IWAE(5)", ["gated", "iwae5"], {
    ...gated,
    objectives: iwae({ samples: 5 }),
    batchSize: GATED_BATCH,
    share: 1 / 3,
  }),
  conv: network("conv", ["conv", "elbo"], { ...convolutions, share: 1 / 4 }),
  conv_iwae5: network("conv, IWAE(5)", ["conv", "iwae5"], {
    ...convolutions,
    objectives: iwae({ samples: 5 }),
    share: 1 / 6,
  }),
} as const satisfies Readonly<Record<string, TimedModel>>;

export type ModelName = keyof typeof MODELS;

/** Those of the default config, which are the README's comparison. */
export const SEED_MODELS = [
  "normal",
  "gaussian12",
  "beta11",
  "gamma32",
] as const;
