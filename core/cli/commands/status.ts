/** The command `status`. @module */

import { commandLine } from "../../lib/command_line.ts";
import { plural } from "../../lib/count.ts";
import { type Command, EXIT } from "../command.ts";
import { configFlags, jsonFlag, runFlag } from "../flags.ts";
import { hang, terminalWidth } from "../wrap.ts";

/** Says what is cached and what is stale; exit 1 where something is. */
export const status: Command = {
  name: "status",
  description: "Say what is cached, what is stale and why; exit 1 where stale",
  flags: [
    ...configFlags,
    runFlag,
    jsonFlag,
  ],
  examples: ["status", "status --set train.epochs=30", "status --json"],
  run: async (flags, terminal) => {
    const { planFromFlags, readSelection, searchLines } = await import(
      "../plan_flags.ts"
    );
    const { selectTrials } = await import(
      "../../pipeline/selection.ts"
    );
    const { surveyPlan } = await import("../../pipeline/survey.ts");
    const { countStale, describeFindings, findingsJson } = await import(
      "../_findings.ts"
    );
    const plan = await planFromFlags(flags, {
      onNotice: (line) => terminal.err(line),
    });
    const selection = readSelection(flags, plan);
    const survey = await surveyPlan(plan, selection);
    const trials = selectTrials(plan, selection.trials);
    const stale = countStale(survey.findings);
    const code = stale === 0 ? EXIT.done : EXIT.failed;
    if (flags.json === true) {
      terminal.out(JSON.stringify(findingsJson(plan, survey, { trials })));
      return code;
    }
    for (const line of searchLines(plan)) terminal.out(line);
    for (const line of describeFindings(plan, survey, { trials })) {
      terminal.out(line);
    }
    for (const warning of survey.warnings) terminal.out(`warning: ${warning}`);
    terminal.out("");
    const all = new Set(trials.flatMap(({ nodes }) => nodes)).size;
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
  },
};
