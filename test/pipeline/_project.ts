/**
 * Throw-away projects for tests.
 *
 * @module
 */

import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { age, openProject, type Project } from "./_open_project.ts";

/** Copies the fixtures to a folder of their own, for one test. */
export function createProject(): Project {
  const fixtures = fileURLToPath(new URL("./fixtures/", import.meta.url));
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "pipeline-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of readdirSync(fixtures)) {
    const text = readFileSync(join(fixtures, file), "utf8")
      .replaceAll("../../../", root)
      .replaceAll(
        '"valibot"',
        JSON.stringify(join(root, "node_modules/valibot/dist/index.mjs")),
      );
    writeFileSync(join(folder, file), text);
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const file of readdirSync(folder)) age(join(folder, file));
  return openProject(folder);
}
