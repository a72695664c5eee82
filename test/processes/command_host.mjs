/**
 * Runs commands for `command.ts`, one after another, each on modules of its
 * own: what Node has loaded and V8 has compiled for one is there for the next.
 *
 * A command is over when nothing of it keeps the process alive, as by itself.
 *
 * @module
 */

import process from "node:process";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { launch } from "../../core/load/launch.mjs";

const BIN = fileURLToPath(new URL("../../core/cli/bin.mjs", import.meta.url));
const STREAMS = /** @type {const} */ (["stdout", "stderr"]);

process.on("message", async (
  /** @type {import("./command.ts").Request} */ { words, cwd, env },
) => {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.argv = [process.execPath, BIN, ...words];
  const said = { stdout: "", stderr: "" };
  const restore = STREAMS.map((name) =>
    capture(process[name], (text) => said[name] += text)
  );
  const before = process.getActiveResourcesInfo();
  const prepareStackTrace = Error.prepareStackTrace;
  const code = await launch(
    "cli/main.ts",
    ({ main }) => main(words).catch(leaveToSources),
  );
  while (isAlive(before)) await setImmediate();
  for (const undo of restore) undo();
  Error.prepareStackTrace = prepareStackTrace;
  process.send?.({ code, ...said });
});
process.once("disconnect", () => process.exit());

/** @param {Error} error Nothing has been done where it is `SourcesNeeded`. */
function leaveToSources(error) {
  if (error.name === "SourcesNeeded") return null;
  throw error;
}

/**
 * Whether more keeps the process alive than did, but for the turns of its loop.
 *
 * @param {readonly string[]} before
 */
function isAlive(before) {
  const now = process.getActiveResourcesInfo();
  /** @type {(of: readonly string[], name: string) => number} */
  const count = (of, name) => of.filter((one) => one === name).length;
  return now.some((name) =>
    name !== "Immediate" && count(now, name) > count(before, name)
  );
}

/**
 * @param {NodeJS.WriteStream} stream
 * @param {(text: string) => void} hear
 * @returns {() => void} Undoes it, and what the command has attached.
 */
function capture(stream, hear) {
  const { write } = stream;
  const listeners = stream.listeners("error");
  stream.write = (
    /** @type {string | Uint8Array} */ data,
    /** @type {any[]} */ ...rest
  ) => {
    hear(typeof data === "string" ? data : Buffer.from(data).toString());
    rest.findLast((one) => typeof one === "function")?.();
    return true;
  };
  return () => {
    stream.write = write;
    for (const one of stream.listeners("error")) {
      if (!listeners.includes(one)) {
        stream.off("error", /** @type {() => void} */ (one));
      }
    }
  };
}
