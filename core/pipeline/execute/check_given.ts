/**
 * What is held against a stage before its artifact is kept.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { quoteAll } from "../../lib/suggest.ts";
import { digestFile } from "../key/file_digest.ts";
import type { Stage } from "../stage.ts";
import type { Task } from "./messages.ts";

/** The stage must give what it declares, no less and no more. */
export function checkGiven(stage: Stage, given: unknown): void {
  const found = typeof given === "object" && given !== null
    ? Object.keys(given)
    : [];
  const same = found.length === stage.outputs.length &&
    stage.outputs.every((name) => found.includes(name));
  if (same) return;
  throw new UserError(
    `Cannot keep what stage "${stage.name}" gave: found ${
      quoteAll(found, "nothing")
    }, want ${quoteAll(stage.outputs, "nothing")} as in its "outputs"`,
  );
}

/** What was read from outside must still be what the key says. */
export async function checkOutside(stage: Stage, task: Task): Promise<void> {
  if (stage.externalFiles === undefined) return;
  const now = await stage.externalFiles(task.options, {
    baseDirectory: task.baseDirectory,
    digest: digestFile,
  });
  const names = Object.keys(task.fields).filter((name) =>
    name.startsWith("input.")
  ).map((name) => name.slice("input.".length));
  const changed = [...new Set([...names, ...Object.keys(now)])]
    .find((name) => now[name] !== task.fields[`input.${name}`]);
  if (changed === undefined) return;
  throw new UserError(
    `Cannot keep what stage "${stage.name}" gave: its input "${changed}" changed while it ran`,
    { hint: "Run again" },
  );
}
