/**
 * `status`: what is cached and what is stale.
 *
 * @module
 */

import { plural } from "../../lib/count.ts";
import { commandLine } from "../../lib/command_line.ts";
import { selectRuns } from "../../pipeline/selection.ts";
import { surveyPlan } from "../../pipeline/survey.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { planFromFlags, readSelection } from "../plan_flags.ts";
import { hang, terminalWidth } from "../wrap.ts";
import { countStale, describeFindings, findingsJson } from "./_findings.ts";

/**
 * Prints the state of every stage; the exit code says whether one is stale.
 *
 * @throws {UserError} for mistakes in the flags or in the config.
 */
export async function runStatus(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const plan = await planFromFlags(flags, {
    onNotice: (line) => terminal.err(line),
  });
  const selection = readSelection(flags);
  const survey = await surveyPlan(plan, selection);
  const runs = selectRuns(plan, selection.runs);
  const stale = countStale(survey.findings);
  const code = stale === 0 ? EXIT.done : EXIT.failed;
  if (flags.json === true) {
    terminal.out(JSON.stringify(findingsJson(plan, survey, { runs })));
    return code;
  }
  for (const line of describeFindings(plan, survey, { runs })) {
    terminal.out(line);
  }
  for (const warning of survey.warnings) terminal.out(`warning: ${warning}`);
  terminal.out("");
  const all = new Set(runs.flatMap(({ nodes }) => nodes)).size;
  const end = stale === 0
    ? "Everything is cached"
    : `${stale} of ${plural(all, "stage")} ${
      stale === 1 ? "is" : "are"
    } stale: ${commandLine("run")} brings ${
      stale === 1 ? "it" : "them"
    } up to date, ${commandLine("why")} tells every change`;
  for (const line of hang("", end, { width: terminalWidth() })) {
    terminal.out(line);
  }
  return code;
}
