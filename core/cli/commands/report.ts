/** The command `report`. @module */

import { plural } from "../../lib/count.ts";
import { type Command, EXIT } from "../command.ts";
import { configFlags } from "../flags.ts";

/** Writes the report of what is there; exit 1 where something is missing. */
export const report: Command = {
  name: "report",
  description: "Write the report of what is there by now, and run nothing",
  flags: [
    ...configFlags,
    { form: "--json", description: "Print one JSON object to stdout" },
  ],
  examples: ["report", "report --config sweep.config.ts"],
  run: async (flags, terminal) => {
    const { planFromFlags } = await import("../plan_flags.ts");
    const { executePlan } = await import("../../run.ts");
    const { idleExecutor } = await import(
      "../../pipeline/execute/idle_executor.ts"
    );
    const { printOutcome, printSummary } = await import("../_outcome.ts");
    const plan = await planFromFlags(flags, {
      onNotice: (line) => terminal.err(line),
    });
    const outcome = await executePlan(plan, { executor: idleExecutor });
    const { trials, status } = outcome.result;
    if (flags.json === true) printSummary(outcome, terminal);
    else {
      await printOutcome(outcome, terminal, { whole: true });
      const isThere = trials.filter(({ stages }) =>
        stages.every((stage) => stage.status === "cached")
      );
      terminal.out(
        `${isThere.length} of ${plural(trials.length, "trial")} ${
          isThere.length === 1 ? "is" : "are"
        } all there`,
      );
    }
    return status === "done" ? EXIT.done : EXIT.failed;
  },
};
