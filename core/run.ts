/**
 * The whole way from a config to a report: for the command line, and for
 * scripts that do without one.
 *
 * @module
 */

import { executePlan, type PipelineRun } from "./execute_plan.ts";
import type { LoadedConfig } from "./config/load.ts";
import type { Override } from "./config/overrides.ts";
import type { ResolvedConfig } from "./config/types.ts";
import type { PipelineConfig } from "./vae/config.ts";
import type {
  EngineChoice,
  EngineInfo,
  EnsureEngineOptions,
} from "./engine/engine.ts";
import type { Plan } from "./pipeline/types.ts";
import type { RunOptions } from "./pipeline/runner.ts";

export { executePlan, type PipelineRun };

/** Options of {@link preparePlan}. */
export interface PrepareOptions {
  /** Preset to lay over the config; `full` is none. */
  readonly preset?: string | undefined;
  /** Values to lay over config and preset. */
  readonly overrides?: readonly Override[];
  /** Sets up the native engine where it is missing; else takes what is there. */
  readonly provision?: boolean;
  /** Told of the native engine's set-up. */
  readonly onProvision?: EnsureEngineOptions["onProgress"];
  /** A line for the person: the engine or the preset is not the one asked for. */
  readonly onNotice?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** Options of {@link runPipeline}. */
export interface RunPipelineOptions
  extends
    Omit<PrepareOptions, "provision">,
    Pick<
      RunOptions,
      "only" | "from" | "to" | "force" | "trials" | "concurrency" | "onEvent"
    > {
  /** Folder that relative paths start from; default the working directory. */
  readonly baseDirectory?: string;
}

/**
 * Runs a config as `vae-priors run` does and writes its report.
 *
 * A failed or interrupted stage does not throw: see `result.status`.
 *
 * @throws {UserError} for mistakes in the config.
 *
 * @example
 * ```ts ignore
 * import { definePipeline, runPipeline } from "vae-priors";
 *
 * const config = definePipeline({ priors: ["gaussian"], latentDim: 2 });
 * const { summary } = await runPipeline(config);
 * console.log(summary.trials[0]?.test.elbo);
 * ```
 */
export async function runPipeline(
  config: PipelineConfig,
  options: RunPipelineOptions = {},
): Promise<PipelineRun> {
  const { resolve } = await import("node:path");
  const { registerResolver } = await import("./load/resolver.ts");
  registerResolver();
  const baseDirectory = resolve(options.baseDirectory ?? ".");
  const loaded = { config, file: null, baseDirectory };
  const plan = await preparePlan(loaded, { ...options, provision: true });
  return await executePlan(plan, options);
}

/** A config from a file, or from a script, which has none. */
export type ConfigSource = Omit<LoadedConfig, "file"> & {
  readonly file: string | null;
};

/**
 * Checks a config, chooses the engine and plans; where `auto` could not have
 * the native engine, the config's `fallbackPreset` steps in.
 *
 * @throws {UserError} for mistakes in the config, or where the engine asked for
 * cannot be had.
 */
export async function preparePlan(
  source: ConfigSource,
  options: PrepareOptions = {},
): Promise<Plan> {
  const { normaliseConfig } = await import("./vae/normalise.ts");
  const normalise = (preset: string | undefined) =>
    normaliseConfig(source.config, {
      baseDirectory: source.baseDirectory,
      configFile: source.file,
      preset,
      overrides: options.overrides ?? [],
    });
  // Mistakes come to light before minutes are spent on an engine.
  const config = await normalise(options.preset);
  const engine = await chooseEngine(config.engine, options);
  const fallback = fallbackPreset(source.config, engine, options.preset);
  if (engine.fallbackReason !== undefined) {
    options.onNotice?.(fallbackNotice(engine, fallback));
  }
  const laid: ResolvedConfig = fallback === undefined
    ? config
    : await normalise(fallback);
  const { giveEngine } = await import("./vae/engine_provider.ts");
  const shared = [giveEngine(engine, laid)];
  const { search } = laid;
  if (!search) {
    const { planPipeline } = await import("./pipeline/plan.ts");
    return await planPipeline(laid, shared);
  }
  const { planSearching } = await import("./pipeline/search/plan_search.ts");
  return await planSearching(laid, search, shared);
}

async function chooseEngine(
  choice: EngineChoice,
  { provision = false, onProvision, signal }: PrepareOptions,
): Promise<EngineInfo> {
  const { describeEngine, ensureEngine } = await import("./engine/engine.ts");
  const { spellCommands } = await import("./lib/command_line.ts");
  const engine = provision
    ? await ensureEngine(choice, { onProgress: onProvision, signal })
    : await describeEngine(choice);
  return engine.fallbackReason === undefined
    ? engine
    : { ...engine, fallbackReason: spellCommands(engine.fallbackReason) };
}

function fallbackPreset(
  config: unknown,
  engine: EngineInfo,
  preset: string | undefined,
): string | undefined {
  if (preset !== undefined || engine.fallbackReason === undefined) {
    return undefined;
  }
  return (config as PipelineConfig).fallbackPreset;
}

function fallbackNotice(
  { name, fallbackReason }: EngineInfo,
  preset: string | undefined,
): string {
  const notice =
    `Engine "${name}", for the native one is not there: ${fallbackReason}`;
  return preset === undefined
    ? notice
    : `${notice}\nPreset "${preset}" steps in, for "${name}" is slower; the whole thing: --preset full`;
}
