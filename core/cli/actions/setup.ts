/**
 * `setup`: provisions the native engine, or mends it.
 *
 * @module
 */

import { ensureEngine } from "../../engine/engine.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { provisionNotes } from "../progress/provision_notes.ts";

/**
 * Makes the native engine ready.
 *
 * @throws {UserError} where it cannot be had, with what to do.
 */
export async function runSetup(
  _flags: Flags,
  terminal: Terminal,
): Promise<number> {
  using interrupt = listenForInterrupt(() => terminal.err("Stopping"));
  try {
    const { version } = await ensureEngine("native", {
      repair: true,
      signal: interrupt.signal,
      onProgress: provisionNotes({ note: (line) => terminal.err(line) }),
    });
    terminal.out(`The native engine is ready: ${version}`);
    return EXIT.done;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    terminal.err("Interrupted; the same command goes on from here");
    return EXIT.interrupted;
  }
}
