/** The command `serve` in a process of its own. @module */

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const BIN = fileURLToPath(new URL("../../core/cli/bin.mjs", import.meta.url));

/** Serves the runs of a project until it is killed or the test ends. */
export async function serveIn(
  folder: string,
  port: number,
): Promise<ChildProcess> {
  const words = ["serve", "--port", String(port)];
  const child = spawn(process.execPath, [BIN, ...words], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line === `at http://127.0.0.1:${port}/, until Ctrl-C`) return child;
  }
  throw new Error(`serve ended with exit code ${child.exitCode}`);
}
