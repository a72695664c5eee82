/** The command `graph`. @module */

import { quoteAll } from "../../lib/suggest.ts";
import { UserError } from "../../lib/errors.ts";
import { type Command, EXIT } from "../command.ts";
import { configFlags, readText } from "../flags.ts";

/** Draws the plan. */
export const graph: Command = {
  name: "graph",
  description: "Draw the plan: which stage waits for which",
  flags: [
    ...configFlags,
    {
      form: "--format <format>",
      description: "mermaid (default), dot or json",
    },
    { form: "--status", description: "With what is cached and what is stale" },
  ],
  examples: [
    "graph",
    "graph --status",
    "graph --format dot | dot -Tsvg > plan.svg",
  ],
  run: async (flags, terminal) => {
    const { PLAN_FORMATS } = await import("../_draw_plan.ts");
    const { planFromFlags } = await import("../plan_flags.ts");
    const { surveyPlan } = await import("../../pipeline/survey.ts");
    const name = readText(flags, "format") ?? "mermaid";
    const format = PLAN_FORMATS.get(name);
    if (format === undefined) {
      throw new UserError(
        `Cannot draw the plan: found --format "${name}", want one of ${
          quoteAll([...PLAN_FORMATS.keys()])
        }`,
      );
    }
    const plan = await planFromFlags(flags);
    const survey = flags.status === true ? await surveyPlan(plan) : undefined;
    terminal.out(format(plan, survey?.findings));
    return EXIT.done;
  },
};
