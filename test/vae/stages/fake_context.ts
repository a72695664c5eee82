/** A stage's context without a pipeline: the cpu engine, the Gaussian prior, temporary folders. @module */

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import type { PriorReference } from "../../../core/mod.ts";
import { beginAttempt } from "../../../core/pipeline/execute/attempt.ts";
import { runPrior } from "../../../core/vae/run_prior.ts";
import type { EarlierArtifact } from "../../../core/pipeline/stage.ts";
import type { ModelContext } from "../../../core/vae/stages/_context.ts";
import { gaussian } from "../../../plugins/mod.ts";

/** What was said to a {@link fakeContext}. */
export interface Heard {
  readonly logs: Readonly<Record<string, number | string>>[];
  readonly warnings: string[];
  readonly notes: string[];
  readonly progress: number[];
}

/** Options of {@link fakeContext}. */
export interface FakeContextOptions {
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
): { context: ModelContext; heard: Heard } {
  const heard: Heard = { logs: [], warnings: [], notes: [], progress: [] };
  const { latentDim = 3, prior: reference = gaussian() } = options;
  const { definition } = reference;
  const priorOptions = v.parse(definition.options, reference.options);
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
  const context: ModelContext = {
    ...attempt.context,
    checkpoint: due === undefined ? checkpoint : { ...checkpoint, due },
    prior: runPrior({
      definition,
      options: priorOptions,
      label: definition.label?.(priorOptions) ?? definition.name,
    }, { latentDim }),
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
