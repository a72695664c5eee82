/** The command `serve`. @module */

import type { Command } from "../command.ts";
import { placeFlags } from "../flags.ts";

/** Serves a live page of the runs here. */
export const serve: Command = {
  name: "serve",
  description: "Show running and past runs in a browser, until Ctrl-C",
  flags: [
    ...placeFlags,
    {
      form: "--port <n>",
      description: "Port of 127.0.0.1; default the first free one from 7878 on",
    },
  ],
  examples: ["serve", "serve --port 8000"],
  run: async (flags, terminal) => {
    const { runServe } = await import("../actions/serve.ts");
    return await runServe(flags, terminal);
  },
};
