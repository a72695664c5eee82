/** The command `serve`. @module */

import { once } from "node:events";
import { type Command, EXIT } from "../command.ts";
import { placeFlags, readPort, readText } from "../flags.ts";
import { listenForInterrupt } from "../interrupt.ts";

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
    const { findPlaces } = await import("../../runs/places.ts");
    const { startServer } = await import("../../report/live/mod.ts");
    const port = readPort(readText(flags, "port"), "--port");
    const places = await findPlaces(readText(flags, "config"));
    using interrupt = listenForInterrupt(() => {});
    const server = await startServer({ ...places, port });
    terminal.out(`Runs of ${places.outputDirectory}`);
    terminal.out(`at ${server.url}, until Ctrl-C`);
    if (!interrupt.signal.aborted) await once(interrupt.signal, "abort");
    await server.close();
    return EXIT.done;
  },
};
