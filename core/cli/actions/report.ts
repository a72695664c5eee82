/**
 * `report`: the report of what is there by now, of a sweep that goes on
 * elsewhere above all.
 *
 * @module
 */

import { plural } from "../../lib/count.ts";
import { idleExecutor } from "../../pipeline/execute/idle_executor.ts";
import { executePlan } from "../../run.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { planFromFlags } from "../plan_flags.ts";
import { printOutcome, printSummary } from "./_outcome.ts";

/**
 * Writes the report; the exit code says whether everything is in it.
 *
 * @throws {UserError} for mistakes in the flags or in the config.
 */
export async function runReport(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const plan = await planFromFlags(flags, {
    onNotice: (line) => terminal.err(line),
  });
  const outcome = await executePlan(plan, { executor: idleExecutor });
  const { runs, status } = outcome.result;
  if (flags.json === true) printSummary(outcome, terminal);
  else {
    await printOutcome(outcome, terminal, { whole: true });
    const isThere = runs.filter(({ stages }) =>
      stages.every((stage) => stage.status === "cached")
    );
    terminal.out(
      `${isThere.length} of ${plural(runs.length, "run")} ${
        isThere.length === 1 ? "is" : "are"
      } all there`,
    );
  }
  return status === "done" ? EXIT.done : EXIT.failed;
}
