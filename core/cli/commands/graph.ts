/** The command `graph`. @module */

import type { Command } from "../command.ts";
import { configFlags } from "../flags.ts";

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
    const { runGraph } = await import("../actions/graph.ts");
    return await runGraph(flags, terminal);
  },
};
