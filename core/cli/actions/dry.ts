/**
 * `run --dry`: what would run, why, and how long it took before.
 *
 * @module
 */

import { plural } from "../../count.ts";
import { type Estimate, estimateTime } from "../../pipeline/reason/estimate.ts";
import { countWorkers } from "../../pipeline/runner.ts";
import { selectRuns } from "../../pipeline/selection.ts";
import { surveyPlan } from "../../pipeline/survey.ts";
import type { Plan } from "../../pipeline/types.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readSelection } from "../plan_flags.ts";
import { formatSeconds } from "../progress/rate.ts";
import { hang, terminalWidth } from "../wrap.ts";
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
  const { plan, record } = await planJob(flags, {
    onNotice: (line) => terminal.err(line),
  });
  const report = flags.json === true
    ? { ...terminal, out: terminal.err }
    : terminal;
  const same = record === null || await printKeys({ plan, record }, report);
  const code = same ? EXIT.done : EXIT.failed;
  const selection = readSelection(flags);
  const survey = await surveyPlan(plan, selection);
  const { findings } = survey;
  const runs = selectRuns(plan, selection.runs);
  const workers = countWorkers(plan, findings);
  const estimate = estimateTime(plan, findings, workers);
  if (flags.json === true) {
    const json = findingsJson(plan, survey, { runs });
    terminal.out(JSON.stringify({ ...json, estimate }));
    return code;
  }
  for (const line of describeFindings(plan, survey, { runs })) {
    terminal.out(line);
  }
  for (const warning of survey.warnings) terminal.out(`warning: ${warning}`);
  terminal.out("");
  const count = countStale(findings);
  const end = count === 0
    ? "Nothing would run"
    : summarise(plan, { count, estimate, workers });
  for (const line of hang("", end, { width: terminalWidth() })) {
    terminal.out(line);
  }
  return code;
}

interface Outlook {
  readonly count: number;
  readonly estimate: Estimate;
  readonly workers: number;
}

/** `8 of 18 stages would run on engine "native": about 2:40 min, 2 side by side`. */
function summarise(
  plan: Plan,
  { count, estimate, workers }: Outlook,
): string {
  const { work, wall, unknown } = estimate;
  const start = `${count} of ${
    plural(plan.nodes.size, "stage")
  } would run on engine "${plan.engine.name}"`;
  if (unknown === count) return `${start}; none of the kind has run before`;
  const side = workers === 1
    ? "one after the other"
    : `${workers} side by side (${formatSeconds(work / 1000)} of work)`;
  const rest = unknown === 0
    ? ""
    : `, and ${unknown} of which nothing is known`;
  return `${start}: about ${
    formatSeconds(wall / 1000)
  } by the times above, ${side}${rest}`;
}
