/** A stage's context without a pipeline: the cpu engine, the Gaussian prior, a temporary folder. @module */

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import type { PriorReference } from "../../core/mod.ts";
import { runPrior } from "../../core/pipeline/run_prior.ts";
import type { StageContext } from "../../core/pipeline/stage.ts";
import { gaussian } from "../../plugins/mod.ts";

/** What was said to a {@link fakeContext}. */
export interface Heard {
  readonly logs: Readonly<Record<string, number | string>>[];
  readonly warnings: string[];
}

/** Options of {@link fakeContext}. */
export interface FakeContextOptions {
  readonly prior?: PriorReference;
  readonly latentDim?: number;
  readonly seed?: number;
  readonly checkpointDirectory?: string;
  readonly signal?: AbortSignal;
}

/** A context, and what is said to it. */
export function fakeContext(
  options: FakeContextOptions = {},
): { context: StageContext; heard: Heard } {
  const heard: Heard = { logs: [], warnings: [] };
  const { latentDim = 3, prior: reference = gaussian() } = options;
  const { definition } = reference;
  const priorOptions = v.parse(definition.options, reference.options);
  const context: StageContext = {
    prior: runPrior(definition, {
      options: priorOptions,
      label: definition.label?.(priorOptions) ?? definition.name,
      latentDim,
    }),
    latentDim,
    seed: options.seed ?? 5,
    engine: { name: "cpu", version: "test", threads: 1 },
    baseDirectory: tmpdir(),
    directory: temporary(),
    checkpointDirectory: options.checkpointDirectory ?? temporary(),
    log: (record) => heard.logs.push(record),
    warn: (message) => heard.warnings.push(message),
    progress: () => {},
    signal: options.signal ?? new AbortController().signal,
  };
  return { context, heard };
}

/** A new temporary folder. */
export function temporary(): string {
  return mkdtempSync(join(tmpdir(), "vae-priors-stage-"));
}
