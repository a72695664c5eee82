/**
 * Has publint and arethetypeswrong look at the archive, and npm try to publish
 * it: `npm run archive`. They come by npx, for as dependencies they would bring
 * sixty packages; where the registry cannot be reached, nobody looks.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LOOKS = [
  "publint@0.3.25 run --strict",
  // CommonJS and the resolution of Node 10 are none of ours.
  "@arethetypeswrong/cli@0.18.5 --profile esm-only --quiet",
];

const folder = mkdtempSync(join(tmpdir(), "archive-"));
try {
  process.exitCode = look(folder);
} finally {
  rmSync(folder, { recursive: true });
}

function look(folder: string): number {
  const packed = npm("pack", "--silent", `--pack-destination=${folder}`);
  const archive = join(folder, packed.stdout.trim().split("\n").at(-1) ?? "");
  if (npm("ping").status !== 0) {
    console.log("Nobody looks at the archive: the registry cannot be reached");
    return packed.status ?? 1;
  }
  const failed = LOOKS.filter((words) => {
    const [tool = "", ...rest] = words.split(" ");
    const { status, stdout, stderr } = npm(
      ...["exec", "--yes", "--", tool, ...rest, archive],
    );
    console.log(
      `${tool}: ${status === 0 ? "nothing to say" : stdout + stderr}`,
    );
    return status !== 0;
  });
  const { stderr } = npm("publish", "--dry-run", "--loglevel=warn", archive);
  const warnings = (stderr.match(/^npm (?:warn|error) publish.*$/gm) ?? [])
    // Who has no account there may ask all the same.
    .filter((line) => !line.includes("requires you to be logged in"));
  console.log(`npm publish: ${warnings.join("\n") || "nothing to say"}`);
  return failed.length + warnings.length === 0 ? 0 : 1;
}

function npm(...words: readonly string[]) {
  return spawnSync("npm", words, { cwd: ROOT, encoding: "utf8" });
}
