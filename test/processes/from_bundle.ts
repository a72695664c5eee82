/**
 * How tests have the core start its children: from the bundle, as a command's
 * are, where `core/load/child_program.ts`, which runs from the sources here,
 * would have them read all of them through tsx.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import type { ChildProgram } from "../../core/load/child_program.ts";
import { findBundle } from "../../core/load/launch.mjs";

const found = await findBundle();

/** Stands in for the core's. */
export function childProgram(_: URL, launcher: string): ChildProgram {
  const script = new URL(`../../core/load/${launcher}`, import.meta.url);
  const args = "code" in found ? [found.code] : [];
  return { script: fileURLToPath(script), args, execArgv: [] };
}
