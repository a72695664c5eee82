/** Programs to be timed, each in a process of its own. @module */

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ALLOCATOR } from "../../core/pipeline/execute/allocator.ts";

/** What came of a program. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Wall time of the whole process. */
  readonly ms: number;
}

/** Folder of this project. */
const PROJECT: string = fileURLToPath(
  new URL("../../", import.meta.url),
);

/** Runs a program to its end. */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const start = performance.now();
    const child = spawn(command, args, {
      cwd: PROJECT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data) => stdout += data);
    child.stderr.on("data", (data) => stderr += data);
    const end = (code: number | null) =>
      resolve({ code, stdout, stderr, ms: performance.now() - start });
    child.on("error", (error) => {
      stderr += error.message;
      end(null);
    });
    child.on("close", end);
  });
}

/** Runs one of the TypeScript programs beside this file, as the pipeline runs its workers. */
export function runScript(
  name: string,
  args: readonly string[],
): Promise<Outcome> {
  const script = fileURLToPath(new URL(`./${name}`, import.meta.url));
  return run(process.execPath, ["--import", "tsx", script, ...args], ALLOCATOR);
}
