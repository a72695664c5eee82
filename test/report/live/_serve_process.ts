/** The command `serve` in a process of its own. @module */

import { onTestFinished } from "vitest";
import { BIN, type Child, startChild } from "../../processes/child.ts";

/** Serves the runs of a project until it is killed or the test ends. */
export async function serveIn(folder: string, port: number): Promise<Child> {
  const words = ["serve", "--port", String(port)];
  const command = [process.execPath, BIN, ...words];
  const child = startChild(command, { cwd: folder });
  onTestFinished(() => child.kill());
  await child.until(`at http://127.0.0.1:${port}/, until Ctrl-C`);
  return child;
}
