/**
 * `run --dry`: what would run, and why.
 *
 * @module
 */

import { surveyPlan } from "../../pipeline/survey.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { planFromFlags, readSelection } from "../plan_flags.ts";
import { describeFindings, findingsJson } from "./_findings.ts";

/**
 * Plans and looks up, runs nothing.
 *
 * @throws {UserError} for mistakes in the flags or in the config.
 */
export async function runDry(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const plan = await planFromFlags(flags, {
    onNotice: (line) => terminal.err(line),
  });
  const survey = await surveyPlan(plan, readSelection(flags));
  if (flags.json === true) {
    terminal.out(JSON.stringify(findingsJson(plan, survey)));
    return EXIT.done;
  }
  for (const line of describeFindings(plan, survey)) terminal.out(line);
  const count = [...survey.findings.values()]
    .filter(({ status }) => status === "run").length;
  terminal.out("");
  terminal.out(
    count === 0
      ? "Nothing would run"
      : `${count} of ${plan.nodes.size} stages would run on engine "${plan.engine.name}"`,
  );
  return EXIT.done;
}
