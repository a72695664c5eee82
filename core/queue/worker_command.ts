/**
 * The command that starts a worker for a run.
 *
 * @module
 */

import { basename, dirname, relative } from "node:path";
import { commandLine, quoteWord } from "../lib/command_line.ts";
import { contains } from "../config/results_folder.ts";
import type { Plan } from "../pipeline/types.ts";
import {
  DEFAULT_QUEUE,
  type QueuePlace,
  REDIS_VARIABLE,
  withoutPassword,
} from "./place.ts";

/**
 * What to type for a worker that would take the stages of `plan`. A password is
 * left to be filled in, where it is seen by nobody: in the variable.
 */
export function workerCommand(
  { shared: { engine }, config }: Pick<Plan, "shared" | "config">,
  { url, queue }: QueuePlace,
  folder: string = process.cwd(),
): string {
  const { username, password, search } = new URL(url);
  const hasSecret = username + password + search !== "";
  const words = ["worker"];
  if (!hasSecret) words.push("--redis", withoutPassword(url));
  if (queue !== DEFAULT_QUEUE) words.push("--queue", queue);
  words.push("--engine", engine.name);
  const { configFile } = config;
  if (configFile !== null && !isFound(configFile, folder)) {
    words.push("--config", relative(folder, configFile));
  }
  for (const { path: [key = ""], value } of config.overrides) {
    if (key === "store" || key === "outputs") {
      words.push("--set", `${key}=${value}`);
    }
  }
  const command = commandLine(words.map(quoteWord).join(" "));
  if (!hasSecret) return command;
  return `${REDIS_VARIABLE}=${withoutPassword(url)} ${command}`;
}

/** Whether a command in `folder` finds the config by itself. */
function isFound(file: string, folder: string): boolean {
  return basename(file).startsWith("pipeline.config.") &&
    contains(dirname(file), folder);
}
