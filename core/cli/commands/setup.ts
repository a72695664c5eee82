/** The command `setup`. @module */

import { type Command, EXIT } from "../command.ts";
import { untilInterrupted } from "../interrupt.ts";

/** Sets up the native engine, or mends it. */
export const setup: Command = {
  name: "setup",
  description: "Set up the native engine now instead of at the first run",
  flags: [],
  examples: ["setup"],
  run: async (_flags, terminal) => {
    const { ensureEngine } = await import("../../engine/engine.ts");
    const { provisionNotes } = await import("../progress/provision_notes.ts");
    const engine = await untilInterrupted(
      {
        terminal,
        atFirst: "Stopping",
        atEnd: "Interrupted; the same command resumes from here",
      },
      (signal) =>
        ensureEngine("native", {
          repair: true,
          signal,
          onProgress: provisionNotes({ note: (line) => terminal.err(line) }),
        }),
    );
    if (engine === null) return EXIT.interrupted;
    terminal.out(`The native engine is ready: ${engine.version}`);
    return EXIT.done;
  },
};
