/**
 * Throw-away projects for tests.
 *
 * @module
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { copyProject } from "./_copy_project.ts";
import { openProject, type Project } from "./_open_project.ts";

/** Copies the fixtures to a folder of their own, for one test. */
export function createProject(): Project {
  const folder = mkdtempSync(join(tmpdir(), "pipeline-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  copyProject(folder);
  return openProject(folder);
}
