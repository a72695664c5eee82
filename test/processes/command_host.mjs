/**
 * Runs commands for `command.ts`, one after another, each on modules of its
 * own: what Node has loaded and V8 has compiled for one is there for the next.
 *
 * A command is over when nothing of it keeps the process alive, as by itself.
 *
 * @module
 */

import { dirname } from "node:path";
import process from "node:process";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { evaluate } from "../../core/load/evaluate.mjs";
import { findBundle } from "../../core/load/launch.mjs";
import { mapStackTraces } from "../../core/load/stack_traces.mjs";

const CLI = new URL("../../core/cli/", import.meta.url);
const BIN = fileURLToPath(new URL("bin.mjs", CLI));
const MAIN = new URL("main.ts", CLI).href;
const MODULES = new URL("../load/modules.ts", CLI).href;
const STREAMS = /** @type {const} */ (["stdout", "stderr"]);

process.on("message", async (
  /** @type {import("./command.ts").Request} */ { program, words, cwd, env },
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
  const code = await run(words, program);
  while (isAlive(before)) await setImmediate();
  // Commands that have a process of their own take this for it.
  process.channel?.ref();
  for (const undo of restore) undo();
  process.send?.({ code, ...said });
});
process.setMaxListeners(0).once("disconnect", () => process.exit());

/**
 * The exit code; null, and nothing has been done: it cannot be run here.
 *
 * @param {readonly string[]} words
 * @param {string} [program]
 * @returns {Promise<number | null>}
 */
async function run(words, program) {
  const found = await findBundle();
  if ("problem" in found) return null;
  const restore = mapStackTraces(dirname(found.code));
  try {
    const bundle = evaluate(found.code, load);
    if (program !== undefined) {
      const { run } = await import(program);
      return await run(await bundle.load(MODULES));
    }
    const { main } = await bundle.load(MAIN);
    return await main(words);
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "SourcesNeeded") throw error;
    return null;
  } finally {
    restore();
  }
}

/** @type {Promise<void> | undefined} */
let drawing;

/** @param {string} specifier */
async function load(specifier) {
  const module = await import(specifier);
  if (!specifier.includes("@resvg/resvg-wasm")) return module;
  // A process can do it only once.
  const initWasm = (/** @type {unknown} */ code) =>
    drawing ??= module.initWasm(code);
  return { ...module, initWasm };
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
