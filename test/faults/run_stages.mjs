/**
 * Runs the stages of the config in the working directory without writing a
 * report, which takes longer than the stages: `run_stages.mjs [options]`, the
 * selection as JSON. Prints one JSON object; exits as the command line does.
 *
 * @module
 */

import process from "node:process";
import { fileURLToPath } from "node:url";
import { launch } from "../../core/load/launch.mjs";

/** @typedef {typeof import("../../core/load/modules.ts")} Modules */

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await launch("load/modules.ts", run);
}

/**
 * Gives the exit code.
 *
 * @param {Modules} modules
 * @returns {Promise<number>}
 */
export async function run({ isOwnModule, ownModule }) {
  /** @param {string} path */
  const load = async (path) => {
    const { href } = new URL(`../../core/${path}`, import.meta.url);
    return isOwnModule(href) ? await ownModule(href) : await import(href);
  };
  const terminal = {
    out: (/** @type {string} */ line) => console.log(line),
    err: (/** @type {string} */ line) => console.error(line),
  };
  const { printError } = await load("cli/error_output.ts");
  const { exitCodeOf } = await load("cli/_outcome.ts");
  const { registerResolver } = await load("load/resolver.ts");
  const { loadConfig } = await load("config/load.ts");
  const { preparePlan } = await load("run.ts");
  const { runPlan } = await load("pipeline/runner.ts");
  try {
    registerResolver();
    const plan = await preparePlan(await loadConfig());
    /** @type {string[]} */
    const notices = [];
    /** @type {string[]} */
    const started = [];
    const result = await runPlan(plan, {
      ...JSON.parse(process.argv[2] ?? "{}"),
      onEvent: (
        /** @type {import("../../core/pipeline/types.ts").PipelineEvent} */ event,
      ) => {
        if (event.type === "warn") notices.push(event.message);
        if (event.type === "start") started.push(event.node.title);
      },
    });
    const code = exitCodeOf(result, terminal);
    const { status, warnings } = result;
    console.log(JSON.stringify({ status, started, notices, warnings }));
    return code;
  } catch (error) {
    return printError(error, terminal);
  }
}
