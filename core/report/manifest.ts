/**
 * What a report was made of, and whether it is still whole: so that a run with
 * nothing to do writes nothing.
 *
 * @module
 */

import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import * as v from "valibot";
import { isMade } from "../pipeline/status.ts";
import type { PipelineResult, Plan, StageOutcome } from "../pipeline/types.ts";
import { isDraftName, sha256 } from "../lib/files.ts";
import { REPORT_FILES, reportDirectory } from "./paths.ts";

/** Raised when a report written by this version would look different. */
const FORMAT = 8;

const MANIFEST = v.object({
  fingerprint: v.string(),
  artifacts: v.array(v.string()),
  files: v.record(v.string(), v.string()),
});

/** What a report was made of, and the digests of its files by their paths. */
export type Manifest = v.InferOutput<typeof MANIFEST>;

/** Writes the manifest of a finished report folder, with the digests of its files. */
export async function writeManifest(
  directory: string,
  result: PipelineResult,
  isLasting = true,
): Promise<void> {
  const manifest: Manifest = {
    fingerprint: fingerprint(result.plan),
    // Without any it is never up to date.
    artifacts: isLasting ? [...availableKeys(result)].sort() : [],
    files: Object.fromEntries(
      listFiles(directory).map((path) => [path, digestOf(directory, path)]),
    ),
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
  const isIdle = ({ status }: StageOutcome) =>
    status === "cached" || status === "skipped";
  if (!outcomes(result).every(isIdle)) return false;
  const manifest = await readIntactManifest(reportDirectory(result.plan));
  if (manifest === null) return false;
  if (manifest.fingerprint !== fingerprint(result.plan)) return false;
  const shown = new Set(manifest.artifacts);
  for (const key of availableKeys(result)) {
    if (!shown.has(key)) return false;
  }
  return true;
}

/**
 * The manifest of a folder whose files are as it says; null of any other. What
 * else is there is somebody's own, and with `alone` there is nothing else.
 */
export async function readIntactManifest(
  directory: string,
  { alone = false }: { readonly alone?: boolean } = {},
): Promise<Manifest | null> {
  const manifest = await readManifest(directory);
  if (manifest === null) return null;
  const found = listFiles(directory);
  if (alone && found.length > Object.keys(manifest.files).length) return null;
  const isWhole = Object.entries(manifest.files).every(([path, digest]) =>
    found.includes(path) && digestOf(directory, path) === digest
  );
  return isWhole ? manifest : null;
}

/**
 * Tells what of a report's folder is somebody's own, by its path from there:
 * what its manifest does not list, and nothing that was never finished.
 */
export async function ownFiles(
  directory: string,
): Promise<(path: string) => boolean> {
  const { files = {} } = await readManifest(directory) ?? {};
  const made = new Set([...Object.keys(files), REPORT_FILES.manifest]);
  return (path) => !made.has(withSlashes(path)) && !isDraftName(basename(path));
}

function outcomes(result: PipelineResult): readonly StageOutcome[] {
  return result.trials.flatMap((trial) => trial.stages);
}

function availableKeys(result: PipelineResult): Set<string> {
  return new Set(outcomes(result).filter(isMade).map(({ key }) => key));
}

/** What the page says besides the artifacts: names, options, preset, engine. */
function fingerprint({ id, config, shared, trials }: Plan): string {
  const { name, baseDirectory, configFile, preset, axes, stageOptions } =
    config;
  return sha256(JSON.stringify({
    format: FORMAT,
    id,
    name,
    preset,
    configFile: configFile && relative(baseDirectory, configFile),
    engine: shared.engine,
    stageOptions,
    axes: axes.map(({ axis, values }) => [
      axis.name,
      values.map((value) => axis.title(value)),
    ]),
    trials: trials.map(({ id, label }) => [id, label]),
  }));
}

/** The manifest in a folder; null where there is none, or it is damaged. */
export async function readManifest(
  directory: string,
): Promise<Manifest | null> {
  try {
    const file = join(directory, REPORT_FILES.manifest);
    const result = v.safeParse(
      MANIFEST,
      JSON.parse(await readFile(file, "utf8")),
    );
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}

/** Paths of all files but the manifest, sorted. */
function listFiles(directory: string): readonly string[] {
  const entries = readdirSync(directory, {
    recursive: true,
    withFileTypes: true,
  });
  return entries.filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      withSlashes(relative(directory, join(parentPath, name)))
    )
    .filter((path) => path !== REPORT_FILES.manifest)
    .sort();
}

function digestOf(directory: string, path: string): string {
  return sha256(readFileSync(join(directory, path)));
}

function withSlashes(path: string): string {
  return path.split(sep).join("/");
}
