/**
 * `serve`: a live page of the runs here.
 *
 * @module
 */

import { once } from "node:events";
import { findPlaces } from "../../runs/places.ts";
import { startServer } from "../../report/live/mod.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readPort, readText } from "../flags.ts";
import { listenForInterrupt } from "../interrupt.ts";

/**
 * Serves until it is interrupted.
 *
 * @throws {UserError} where the config cannot be read, or the port not be had.
 */
export async function runServe(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const port = readPort(readText(flags, "port"), "--port");
  const places = await findPlaces(readText(flags, "config"));
  using interrupt = listenForInterrupt(() => {});
  const server = await startServer({ ...places, port });
  terminal.out(`Runs of ${places.outputDirectory}`);
  terminal.out(`at ${server.url}, until Ctrl-C`);
  if (!interrupt.signal.aborted) await once(interrupt.signal, "abort");
  await server.close();
  return EXIT.done;
}
