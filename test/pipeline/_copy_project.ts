/**
 * Copies the fixtures to where they can be edited.
 *
 * @module
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { age } from "./_age.ts";

/** Copies the tiny stages and their prior into an empty folder, wherever it is. */
export function copyProject(folder: string): void {
  const fixtures = fileURLToPath(new URL("./fixtures/", import.meta.url));
  const root = fileURLToPath(new URL("../../", import.meta.url));
  for (const file of readdirSync(fixtures)) {
    const text = readFileSync(join(fixtures, file), "utf8")
      .replaceAll("../../../", root);
    writeFileSync(join(folder, file), text);
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const file of readdirSync(folder)) age(join(folder, file));
}
