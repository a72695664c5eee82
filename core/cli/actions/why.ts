/**
 * `why`: every change since the stages ran.
 *
 * @module
 */

import { didYouMean, quoteAll } from "../../lib/suggest.ts";
import { UserError } from "../../lib/errors.ts";
import { storeDirectory } from "../../pipeline/plan.ts";
import { selectRuns } from "../../pipeline/selection.ts";
import { surveyPlan } from "../../pipeline/survey.ts";
import type { Plan } from "../../pipeline/types.ts";
import { openStore } from "../../store/open.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readText } from "../flags.ts";
import { planFromFlags, readSelection } from "../plan_flags.ts";
import { terminalWidth } from "../wrap.ts";
import { describeReasons, type Reason, reasonsJson } from "./_reasons.ts";

/**
 * Prints, for the stage that is asked for or for all that are stale, the
 * difference from what the store has.
 *
 * @throws {UserError} for mistakes in the flags or in the config.
 */
export async function runWhy(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const plan = await planFromFlags(flags, {
    onNotice: (line) => terminal.err(line),
  });
  const asked = readText(flags, "stage");
  if (asked !== undefined) checkStage(asked, plan);
  const reasons = await findReasons(plan, {
    stage: asked,
    runs: readSelection(flags).runs,
  });
  if (flags.json === true) {
    terminal.out(JSON.stringify(reasonsJson(plan, reasons)));
    return EXIT.done;
  }
  for (const line of describeReasons(reasons, { width: terminalWidth() })) {
    terminal.out(line);
  }
  if (reasons.length === 0) terminal.out("Everything is cached");
  return EXIT.done;
}

interface Question {
  readonly stage: string | undefined;
  readonly runs: readonly string[] | undefined;
}

async function findReasons(
  plan: Plan,
  { stage, runs: names }: Question,
): Promise<readonly Reason[]> {
  const { findings } = await surveyPlan(
    plan,
    names === undefined ? {} : { runs: names },
  );
  const runs = selectRuns(plan, names);
  const keys = new Set(runs.flatMap(({ nodes }) => nodes));
  const times = stage === undefined
    ? new Map<string, number>()
    : await timesOf(plan, stage);
  return [...plan.nodes.values()].flatMap((node): readonly Reason[] => {
    const finding = findings.get(node.key)!;
    if (!keys.has(node.key)) return [];
    if (stage === undefined && finding.status === "cached") return [];
    if (stage !== undefined && node.stage.name !== stage) return [];
    return [{
      node,
      finding,
      runs: runs.filter(({ nodes }) => nodes.includes(node.key)),
      madeAt: times.get(node.key) ?? null,
      isStale: (name) =>
        runs.some(({ nodes }) =>
          nodes.includes(node.key) &&
          nodes.some((key) =>
            plan.nodes.get(key)!.stage.name === name &&
            findings.get(key)!.status !== "cached"
          )
        ),
    }];
  });
}

/** When the artifacts of a stage were made, by key. */
async function timesOf(
  plan: Plan,
  stage: string,
): Promise<ReadonlyMap<string, number>> {
  const store = await openStore(storeDirectory(plan.config));
  const artifacts = await store.list(stage);
  return new Map(
    artifacts.map(({ manifest, time }) => [manifest.key, time] as const),
  );
}

function checkStage(name: string, plan: Plan): void {
  const names = plan.config.stages.map((stage) => stage.name);
  if (names.includes(name)) return;
  const hint = didYouMean(name, names);
  throw new UserError(
    `Cannot explain stage "${name}": there is none, stages are ${
      quoteAll(names)
    }`,
    hint === undefined ? {} : { hint },
  );
}
