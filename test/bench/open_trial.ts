/**
 * A trial of a config as a worker would train it: planned and validated like
 * any run, its plugins opened, its model built by the stages.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { loadConfig } from "../../core/config/load.ts";
import { beginAttempt } from "../../core/pipeline/execute/attempt.ts";
import { openGiven } from "../../core/pipeline/execute/open_given.ts";
import { stageContext } from "../../core/pipeline/execute/stage_context.ts";
import { sendGiven } from "../../core/pipeline/execute/task_of.ts";
import type { Plan, StageNode } from "../../core/pipeline/types.ts";
import { preparePlan } from "../../core/run.ts";
import type { MetricsRecord } from "../../core/pipeline/execute/metrics_log.ts";
import type { Override } from "../../core/config/overrides.ts";
import { inNewFolder } from "./job.ts";
import type { TimedModel } from "./models.ts";

const CONFIG = fileURLToPath(
  new URL("../../pipeline.config.ts", import.meta.url),
);

/** A trial of a plan. */
export interface PlannedTrial {
  readonly plan: Plan;
  /** Its node of a stage. */
  readonly node: (stage: string) => StageNode;
}

/** The trial of `model`, with `overrides` as after `--set`. */
export async function planTrial(
  { label, instead = {} }: TimedModel,
  overrides: readonly Override[],
): Promise<PlannedTrial> {
  const source = await loadConfig({ file: CONFIG });
  const given = source.config as Readonly<Record<string, unknown>>;
  const config = {
    ...given,
    ...instead,
    train: { ...given["train"] as object, ...instead.train as object },
    // Native or none: no preset steps in.
    fallbackPreset: undefined,
  };
  const plan = await preparePlan({ ...source, config }, { overrides });
  const trial = plan.trials.find((one) => one.label === label);
  if (trial === undefined) {
    throw new Error(
      `Cannot time "${label}": the config has ${
        plan.trials.map(({ label }) => label).join(", ")
      }`,
    );
  }
  const nodes = trial.nodes.map((key) => plan.nodes.get(key)!);
  return {
    plan,
    node: (stage) => nodes.find((node) => node.stage.name === stage)!,
  };
}

/** Runs a stage of the trial in this process; `log` hears of each record. */
export function runStage(
  { plan, node }: PlannedTrial,
  name: string,
  { inputs, log = () => {} }: {
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly log?: (record: MetricsRecord) => void;
  },
): Promise<Readonly<Record<string, unknown>>> {
  const { stage, given, options } = node(name);
  return inNewFolder(async (directory) => {
    const attempt = beginAttempt({
      directory,
      keep: () => Promise.resolve(),
      earlier: () => Promise.resolve(null),
      tell: (message) => {
        if (message.type === "log") log(message.record);
        else if (message.type === "warn") throw new Error(message.message);
      },
    });
    const { opened } = await openGiven(given.map(sendGiven), stage);
    const context = stageContext(stage, {
      ...attempt.context,
      baseDirectory: plan.config.baseDirectory,
      directory,
      progress: () => {},
      signal: new AbortController().signal,
    }, opened);
    return await stage.run(inputs, options, context as never) as Readonly<
      Record<string, unknown>
    >;
  });
}
