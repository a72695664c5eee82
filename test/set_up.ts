/**
 * Before any test: sets up the native engine where it can be had, as the first
 * run does, so that its tests are not left out, and makes the bundle that the
 * programs of the tests start from. After all, removes what these have put
 * beside it, and what the tests have left in the temporary folder, which is one
 * of this run: everybody who resolves a path below it reads it.
 *
 * @module
 */

import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { ensureEngine } from "../core/engine/engine.ts";
import { findBundle } from "../core/load/launch.mjs";

export default async function setUp(): Promise<() => void> {
  let last = "";
  const engine = await ensureEngine("auto", {
    onProgress: (phase) => {
      if (phase !== last) console.error(`Native engine: ${phase}`);
      last = phase;
    },
  });
  if (engine.fallbackReason !== undefined) {
    console.error(
      `Tests of the native engine are skipped: ${engine.fallbackReason}`,
    );
  }
  const bundle = await findBundle();
  const folder = mkdtempSync(join(tmpdir(), "vae-priors-tests-"));
  // Programs of other users are among what is tested.
  chmodSync(folder, 0o1777);
  process.env["TMPDIR"] = folder;
  return () => {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // A program that outlives its test may still write there.
    }
    if ("code" in bundle) removeCopies(join(dirname(bundle.code), "copies"));
  };
}

/** Removes copies of modules that are gone, as are those of the tests' projects. */
function removeCopies(folder: string): void {
  if (!existsSync(folder)) return;
  const files = readdirSync(folder);
  for (const record of files.filter((file) => file.endsWith(".json"))) {
    if (sourcesOf(join(folder, record)).every((path) => existsSync(path))) {
      continue;
    }
    const name = basename(record, ".json");
    for (const file of files.filter((file) => file.startsWith(name))) {
      rmSync(join(folder, file), { force: true });
    }
  }
}

/** None where another run of the tests has just removed the record. */
function sourcesOf(record: string): string[] {
  try {
    return Object.keys(JSON.parse(readFileSync(record, "utf8")).files);
  } catch {
    return [];
  }
}
