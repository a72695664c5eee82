/**
 * Throw-away checkouts whose pipeline has the real stages' names and gives, and
 * is done at once: for tests of what is kept of runs.
 *
 * @module
 */

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { parseOverride } from "../../core/config/overrides.ts";
import type { RunOptions } from "../../core/pipeline/runner.ts";
import type { Plan } from "../../core/pipeline/types.ts";
import { recordFile } from "../../core/runs/keep_record.ts";
import { readRecord, type RunRecord } from "../../core/runs/record.ts";
import {
  executePlan,
  type PipelineRun,
  type PrepareOptions,
  preparePlan,
} from "../../core/run.ts";
import { defaultStages } from "../../core/vae/stages/mod.ts";
import { folderStore } from "../../core/store/folder/folder_store.ts";
import type { ArtifactStore } from "../../core/store/store.ts";
import { runCommand } from "../processes/command.ts";

/** What a command printed, and its exit code. */
interface Printed {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A project in a folder of its own. */
export interface Checkout {
  readonly folder: string;
  readonly outputs: string;
  readonly store: ArtifactStore;
  /** Plans the config with values set: `train.epochs=3`. */
  plan(...set: readonly string[]): Promise<Plan>;
  run(set?: readonly string[], options?: RunOptions): Promise<PipelineRun>;
  /** The record of the plan with these values. */
  record(...set: readonly string[]): Promise<RunRecord>;
  /** Runs the command line here. */
  cli(...words: readonly string[]): Promise<Printed>;
  /** Runs it in a folder below. */
  cliIn(below: string, ...words: readonly string[]): Promise<Printed>;
}

/** Options of {@link createCheckout}. */
export interface CheckoutOptions {
  /** Keys of the config. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Its stages are files of its own, as they must be to run from a record. */
  readonly hasOwnStages?: boolean;
  /** Variables of the command line's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Takes what removes it; default the end of the test. */
  readonly dispose?: (remove: () => void) => void;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const STAGES = fileURLToPath(new URL("./stages", import.meta.url));

/** A new checkout. */
export function createCheckout(options: CheckoutOptions = {}): Checkout {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "checkout-")));
  const { dispose = onTestFinished } = options;
  dispose(() => rmSync(folder, { recursive: true, force: true }));
  const names = readdirSync(STAGES).map((file) => parse(file).name);
  const stages = join(folder, "stages");
  if (options.hasOwnStages) copyStages(stages);
  // Workers of all checkouts have compiled them once.
  else symlinkSync(STAGES, stages);
  const config = {
    name: "tiny",
    priors: ["gaussian"],
    latentDim: 2,
    engine: "cpu",
    concurrency: 1,
    stages: names.map((name) => `./stages/${name}.mjs`),
    without: defaultStages.map(({ name }) => name)
      .filter((name) => !names.includes(name)),
    ...options.config,
  };
  writeFileSync(
    join(folder, "pipeline.config.json"),
    JSON.stringify(config, null, 2),
  );
  const plan = (...set: readonly string[]) =>
    preparePlan(
      {
        config,
        baseDirectory: folder,
        file: join(folder, "pipeline.config.json"),
      },
      {
        overrides: set.map((text) => parseOverride(text)),
      } satisfies PrepareOptions,
    );
  const outputs = join(folder, "outputs");
  const cliIn: Checkout["cliIn"] = async (below, ...words) => {
    const { environment: env = {} } = options;
    const cwd = join(folder, below);
    const { code, stdout, stderr } = await runCommand(words, { cwd, env });
    return { code, out: stdout, err: stderr };
  };
  return {
    folder,
    outputs,
    store: folderStore(join(outputs, "store")),
    plan,
    run: async (set = [], options = {}) =>
      await executePlan(await plan(...set), options),
    record: async (...set) => await readRecord(recordFile(await plan(...set))),
    cli: (...words) => cliIn(".", ...words),
    cliIn,
  };
}

function copyStages(folder: string): void {
  mkdirSync(folder);
  for (const file of readdirSync(STAGES)) {
    const text = readFileSync(join(STAGES, file), "utf8");
    writeFileSync(join(folder, file), text.replaceAll("../../../", ROOT));
  }
}
