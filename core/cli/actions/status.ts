/**
 * `status`: what is cached and what is stale.
 *
 * @module
 */

import { surveyPlan } from "../../pipeline/survey.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { describeFindings, findingsJson } from "./_findings.ts";
import { planFromFlags } from "../plan_flags.ts";

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
  const survey = await surveyPlan(plan);
  const stale = [...survey.findings.values()]
    .filter(({ status }) => status !== "cached").length;
  const code = stale === 0 ? EXIT.done : EXIT.failed;
  if (flags.json === true) {
    terminal.out(JSON.stringify(findingsJson(plan, survey)));
    return code;
  }
  for (const line of describeFindings(plan, survey)) terminal.out(line);
  for (const warning of survey.warnings) terminal.out(`warning: ${warning}`);
  terminal.out("");
  terminal.out(
    stale === 0
      ? "Everything is cached"
      : `${stale} of ${plan.nodes.size} stages are stale; "vae-priors run" brings them up to date`,
  );
  return code;
}
