/**
 * What a report was made of, and whether it is still whole: so that a run with
 * nothing to do writes nothing.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import * as v from "valibot";
import type { PipelineResult, Plan, StageOutcome } from "../pipeline/types.ts";
import { configRecord } from "./config_record.ts";
import { REPORT_FILES, reportDirectory } from "./paths.ts";

/** Raised when a report written by this version would look different. */
const FORMAT = 2;

const MANIFEST = v.object({
  fingerprint: v.string(),
  artifacts: v.array(v.string()),
  files: v.record(v.string(), v.string()),
});

type Manifest = v.InferOutput<typeof MANIFEST>;

/** Writes the manifest of a finished report folder, with the digests of its files. */
export async function writeManifest(
  directory: string,
  result: PipelineResult,
): Promise<void> {
  const manifest: Manifest = {
    fingerprint: fingerprint(result.plan),
    artifacts: [...availableKeys(result)].sort(),
    files: digestFiles(directory),
  };
  await writeFile(
    join(directory, REPORT_FILES.manifest),
    `${JSON.stringify(manifest, null, 2)}\n`,
  );
}

/**
 * Whether the report on disk already shows all that `result` has: nothing ran,
 * and the folder holds what its manifest says.
 */
export async function isUpToDate(result: PipelineResult): Promise<boolean> {
  const idle = ["cached", "skipped"];
  if (!outcomes(result).every(({ status }) => idle.includes(status))) {
    return false;
  }
  const directory = reportDirectory(result.plan);
  const manifest = await readManifest(directory);
  if (manifest === null) return false;
  if (manifest.fingerprint !== fingerprint(result.plan)) return false;
  const shown = new Set(manifest.artifacts);
  for (const key of availableKeys(result)) {
    if (!shown.has(key)) return false;
  }
  const files = digestFiles(directory);
  return JSON.stringify(files) === JSON.stringify(manifest.files);
}

function outcomes(result: PipelineResult): readonly StageOutcome[] {
  return result.runs.flatMap((run) => run.stages);
}

function availableKeys(result: PipelineResult): Set<string> {
  const available = outcomes(result).filter(({ status }) =>
    status === "cached" || status === "done"
  );
  return new Set(available.map(({ key }) => key));
}

/** What the page says besides the artifacts: labels, preset, engine. */
function fingerprint(plan: Plan): string {
  const runs = plan.runs.map(({ id, label }) => ({ id, label }));
  // How many stages ran side by side is no reason to write it all again.
  const config = { ...configRecord(plan), concurrency: null };
  const shown = { format: FORMAT, config, runs };
  return sha256(JSON.stringify(shown));
}

async function readManifest(directory: string): Promise<Manifest | null> {
  try {
    const file = join(directory, REPORT_FILES.manifest);
    const result = v.safeParse(
      MANIFEST,
      JSON.parse(await readFile(file, "utf8")),
    );
    return result.success ? result.output : null;
  } catch {
    // Absent or damaged: the report is written anew.
    return null;
  }
}

/** Path to digest, sorted, for every file but the manifest. */
function digestFiles(directory: string): Readonly<Record<string, string>> {
  const entries = readdirSync(directory, {
    recursive: true,
    withFileTypes: true,
  });
  const digests: [string, string][] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(directory.length + 1).split(sep).join("/");
    if (path === REPORT_FILES.manifest) continue;
    digests.push([path, sha256(readFileSync(file))]);
  }
  digests.sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(digests);
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}
