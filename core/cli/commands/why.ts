/** The command `why`. @module */

import { didYouMean, quoteAll } from "../../lib/suggest.ts";
import { UserError } from "../../lib/errors.ts";
import type { Plan } from "../../pipeline/types.ts";
import type { Reason } from "../_reasons.ts";
import { type Command, EXIT } from "../command.ts";
import { configFlags, jsonFlag, readText, runFlag } from "../flags.ts";
import { terminalWidth } from "../wrap.ts";

/** Says what changed since a stage ran. */
export const why: Command = {
  name: "why",
  description: "Say why stages would run again: every change, and where it is",
  words: [
    {
      name: "stage",
      isRequired: false,
      description: "a stage; default all that are stale",
      values: "stage",
    },
  ],
  flags: [
    ...configFlags,
    runFlag,
    jsonFlag,
  ],
  examples: [
    "why",
    "why train --set train.epochs=30",
    'why train --run "Beta(1,1)"',
  ],
  run: async (flags, terminal) => {
    const { planFromFlags, readSelection } = await import("../plan_flags.ts");
    const { describeReasons, reasonsJson } = await import("../_reasons.ts");
    const plan = await planFromFlags(flags, {
      onNotice: (line) => terminal.err(line),
    });
    const asked = readText(flags, "stage");
    if (asked !== undefined) checkStage(asked, plan);
    const reasons = await findReasons(plan, {
      stage: asked,
      trials: readSelection(flags).trials,
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
  },
};

interface Question {
  readonly stage: string | undefined;
  readonly trials: readonly string[] | undefined;
}

async function findReasons(
  plan: Plan,
  { stage, trials: names }: Question,
): Promise<readonly Reason[]> {
  const { selectTrials } = await import(
    "../../pipeline/selection.ts"
  );
  const { surveyPlan } = await import("../../pipeline/survey.ts");
  const { findings } = await surveyPlan(
    plan,
    names === undefined ? {} : { trials: names },
  );
  const trials = selectTrials(plan, names);
  const keys = new Set(trials.flatMap(({ nodes }) => nodes));
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
      trials: trials.filter(({ nodes }) => nodes.includes(node.key)),
      madeAt: times.get(node.key) ?? null,
      isStale: (name) =>
        trials.some(({ nodes }) =>
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
  const { openStore } = await import("../../store/open.ts");
  const store = await openStore(plan.config.storeDirectory);
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
