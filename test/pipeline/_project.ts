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

/**
 * A project in a folder of its own, for one test. Its sources are those of all
 * such projects, which workers have compiled once.
 */
export function createProject(): Project {
  return openProject(createFolder());
}

/** The same with sources of its own, which the test may edit. */
export function createEditableProject(): Project {
  const folder = createFolder();
  copyProject(folder);
  return openProject(folder);
}

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pipeline-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Titles of the stages that a project has, as `calls` gives them. */
export const ALL: readonly string[] = [
  "numbers",
  "scale Toy(1)",
  "scale Toy(2)",
  "total Toy(1)",
  "total Toy(2)",
];
