/** A stage's context without a pipeline: the cpu engine, the Gaussian prior, temporary folders. @module */

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PriorReference } from "../../../core/mod.ts";
import { beginAttempt } from "../../../core/pipeline/execute/attempt.ts";
import { openLikelihood } from "../../../core/vae/plugin/guard_likelihood.ts";
import { openNetwork } from "../../../core/vae/plugin/guard_network.ts";
import { openObjective } from "../../../core/vae/plugin/guard_objective.ts";
import { openPrior } from "../../../core/vae/open_prior.ts";
import type { EarlierArtifact } from "../../../core/pipeline/continues.ts";
import type { TrainContext } from "../../../core/vae/stages/_context.ts";
import { gaussian } from "../../../plugins/mod.ts";
import { mlp } from "../../../plugins/networks/mod.ts";
import { parts, type PartsOptions, resolved } from "../parts.ts";

/** What was said to a {@link fakeContext}. */
export interface Heard {
  readonly logs: Readonly<Record<string, number | string>>[];
  readonly warnings: string[];
  readonly notes: string[];
  readonly progress: number[];
}

/** Options of {@link fakeContext}. */
export interface FakeContextOptions extends PartsOptions {
  readonly prior?: PriorReference;
  readonly latentDim?: number;
  readonly seed?: number;
  /** Folder of an earlier attempt. */
  readonly attemptDirectory?: string;
  /** Whether a checkpoint is to be saved now; default by time, as in a run. */
  readonly due?: () => boolean;
  readonly earlier?: EarlierArtifact;
  readonly signal?: AbortSignal;
}

/** A context, and what is said to it. */
export function fakeContext(
  options: FakeContextOptions = {},
): { context: TrainContext; heard: Heard } {
  const heard: Heard = { logs: [], warnings: [], notes: [], progress: [] };
  const { latentDim = 3, prior: reference = gaussian() } = options;
  const { network, likelihood, objective } = parts({
    network: mlp({ hidden: [12] }),
    ...options,
  });
  const { earlier, due } = options;
  const attempt = beginAttempt({
    directory: options.attemptDirectory ?? temporary(),
    keep: () => Promise.resolve(),
    earlier: () =>
      Promise.resolve(earlier === undefined ? null : { ...earlier, ms: 0 }),
    tell: (message) => {
      if (message.type === "log") heard.logs.push(message.record);
      else if (message.type === "warn") heard.warnings.push(message.message);
      else heard.notes.push(message.message);
    },
  });
  const { checkpoint } = attempt.context;
  const context: TrainContext = {
    ...attempt.context,
    checkpoint: due === undefined ? checkpoint : { ...checkpoint, due },
    prior: openPrior(resolved(reference), { latentDim }),
    network: openNetwork(network),
    likelihood: openLikelihood(likelihood),
    objective: openObjective(objective),
    latentDim,
    seed: options.seed ?? 5,
    engine: { name: "cpu", version: "test", threads: 1 },
    baseDirectory: tmpdir(),
    directory: temporary(),
    progress: (done) => heard.progress.push(done),
    signal: options.signal ?? new AbortController().signal,
  };
  return { context, heard };
}

/** A new temporary folder. */
export function temporary(): string {
  return mkdtempSync(join(tmpdir(), "vae-priors-stage-"));
}
