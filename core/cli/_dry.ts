/**
 * `run --dry`: what would run, why, and for how long, as far as can be said.
 *
 * @module
 */

import { plural } from "../lib/count.ts";
import { type Estimate, estimateTime } from "../pipeline/reason/estimate.ts";
import { expectTimes } from "../pipeline/reason/expected_times.ts";
import { countWorkers } from "../pipeline/runner.ts";
import { selectTrials } from "../pipeline/selection.ts";
import { surveyPlan } from "../pipeline/survey.ts";
import type { Plan } from "../pipeline/types.ts";
import { timeScale } from "../vae/stages/time.ts";
import { openStore } from "../store/open.ts";
import { EXIT, type Flags, type Terminal } from "./command.ts";
import { readSelection, searchLines } from "./plan_flags.ts";
import { formatSeconds } from "./progress/rate.ts";
import { hang, listSome, terminalWidth } from "./wrap.ts";
import { countStale, describeFindings, findingsJson } from "./_findings.ts";
import { planJob } from "./_plan_job.ts";
import { printKeys } from "./_repeat.ts";

/**
 * Plans and looks up, runs nothing; the exit code is 1 where it has other keys
 * than the record that it repeats.
 *
 * @throws {UserError} for mistakes in the flags or in the config.
 */
export async function runDry(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const report = flags.json === true
    ? { ...terminal, out: terminal.err }
    : terminal;
  const { plan, record } = await planJob(flags, {
    onNotice: (line) => terminal.err(line),
  }, report.out);
  const same = record === null || await printKeys({ plan, record }, report);
  const code = same ? EXIT.done : EXIT.failed;
  const selection = readSelection(flags, plan);
  const store = await openStore(plan.config.storeDirectory);
  const survey = await surveyPlan(plan, { ...selection, store });
  const { findings } = survey;
  const trials = selectTrials(plan, selection.trials);
  const workers = countWorkers(plan, findings);
  const times = await expectTimes(plan, findings, { store, scale: timeScale });
  const estimate = estimateTime(plan, times, workers);
  if (flags.json === true) {
    const json = findingsJson(plan, survey, { trials });
    terminal.out(JSON.stringify({ ...json, estimate }));
    return code;
  }
  for (const line of searchLines(plan)) terminal.out(line);
  for (const line of describeFindings(plan, survey, { trials })) {
    terminal.out(line);
  }
  for (const warning of survey.warnings) terminal.out(`warning: ${warning}`);
  terminal.out("");
  const count = countStale(findings);
  const end = count === 0
    ? "Nothing would run"
    : summarise(plan, { count, times, estimate, workers });
  for (const line of hang("", end, { width: terminalWidth() })) {
    terminal.out(line);
  }
  return code;
}

interface Outlook {
  readonly count: number;
  readonly times: ReadonlyMap<string, number | null>;
  readonly estimate: Estimate;
  readonly workers: number;
}

/** Stages that are named. */
const NAMED = 3;

/**
 * `8 of 18 stages would run on engine "native": about 2:40 min, 2 side by side`;
 * no total where some stage's time is not known.
 */
function summarise(
  plan: Plan,
  { count, times, estimate, workers }: Outlook,
): string {
  const { work, wall, unknown } = estimate;
  const start = `${count} of ${
    plural(plan.nodes.size, "stage")
  } would run on engine "${plan.shared.engine.name}"`;
  const side = workers === 1
    ? "one after the other"
    : `${workers} side by side (${formatSeconds(work / 1000)} of work)`;
  const took = `about ${formatSeconds(wall / 1000)}, ${side}`;
  if (unknown === 0) return `${start}: ${took}`;
  const names = new Set(
    [...times].filter(([, time]) => time === null)
      .map(([key]) => plan.nodes.get(key)!.stage.name),
  );
  const why = `for how long cannot be said: nothing comparable to ${
    listSome([...names], NAMED)
  } has run before`;
  return unknown === count
    ? `${start}; ${why}`
    : `${start}; ${why}. The rest: ${took}`;
}
