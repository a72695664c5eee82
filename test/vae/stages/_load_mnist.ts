/** The stage `load_mnist` by itself. @module */

import * as v from "valibot";
import { vi } from "vitest";
import { digestFile } from "../../../core/pipeline/key/file_digest.ts";
import type { StageContext } from "../../../core/pipeline/stage.ts";
import loadMnist from "../../../core/vae/stages/load_mnist.ts";
import type { Dataset } from "../../../datasets/mod.ts";

/** Its options, as a config would give them. */
export function parse(
  options: Readonly<Record<string, unknown>> = {},
): unknown {
  return v.parse(loadMnist.options, options);
}

/** What it says of its files from outside. */
export async function inputs(
  options: Readonly<Record<string, unknown>> = {},
  baseDirectory = ".",
) {
  const outside = { baseDirectory, digest: digestFile };
  return await loadMnist.externalFiles!(parse(options), outside);
}

/** Runs it, and keeps what it says. */
export async function run(
  options: Readonly<Record<string, unknown>>,
  overrides: Partial<StageContext> = {},
) {
  const warn = vi.fn();
  const log = vi.fn();
  const context = {
    baseDirectory: ".",
    signal: new AbortController().signal,
    warn,
    log,
    ...overrides,
  } as unknown as StageContext;
  const { dataset } = await loadMnist.run({}, parse(options), context);
  return {
    dataset: dataset as Dataset,
    warnings: warn.mock.calls.flat(),
    logged: log.mock.calls.flat(),
  };
}
