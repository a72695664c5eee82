/** The command `why`. @module */

import { didYouMean, quoteAll } from "../../lib/suggest.ts";
import { UserError } from "../../lib/errors.ts";
import type { Plan } from "../../pipeline/types.ts";
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
    const { planFromFlags, readSelection, searchLines } = await import(
      "../plan_flags.ts"
    );
    const { describeReasons, reasonsJson } = await import("../_reasons.ts");
    const { findReasons } = await import("../_find_reasons.ts");
    const plan = await planFromFlags(flags, {
      onNotice: (line) => terminal.err(line),
    });
    const asked = readText(flags, "stage");
    if (asked !== undefined) checkStage(asked, plan);
    const { trials } = readSelection(flags, plan);
    const reasons = await findReasons(plan, {
      stage: asked,
      selection: trials === undefined ? {} : { trials },
    });
    if (flags.json === true) {
      terminal.out(JSON.stringify(reasonsJson(plan, reasons)));
      return EXIT.done;
    }
    for (const line of searchLines(plan)) terminal.out(line);
    for (const line of describeReasons(reasons, { width: terminalWidth() })) {
      terminal.out(line);
    }
    if (reasons.length === 0) terminal.out("Everything is cached");
    return EXIT.done;
  },
};

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
