/**
 * Whether the artifacts of an archive are those of its record, by its index and
 * their manifests; the bytes are compared when they are unpacked.
 *
 * @module
 */

import * as v from "valibot";
import { UserError } from "../../lib/errors.ts";
import { keyOf } from "../../pipeline/key/keys.ts";
import { readAll } from "../../lib/files.ts";
import type { ArtifactAddress, ArtifactManifest } from "../../store/store.ts";
import { GROUPS, hasFigures } from "../../vae/figures.ts";
import { isMade } from "../../pipeline/status.ts";
import { describeMismatch, findMismatches } from "../check_record.ts";
import type { RunRecord } from "../record.ts";
import { isAsListed, MAX_INDEX_BYTES, placeOf } from "./format.ts";
import type { Archive } from "./open_archive.ts";

/**
 * Compares every artifact with the record; writes nothing.
 *
 * @throws {UserError} beginning with `action`, where one is missing or another.
 */
export async function checkArtifacts(
  archive: Archive,
  record: RunRecord,
  action: string,
): Promise<void> {
  const refuse = (what: string) =>
    new UserError(`${action}: ${what}`, {
      hint: 'It was changed after the command "export" had made it',
    });
  const manifests = new Map<string, ArtifactManifest>();
  for (const { name, key, title, digest, fields } of record.stages) {
    const manifest = await readManifest(archive, { stage: name, key }, refuse);
    if (manifest === null) continue;
    if (digest === null) throw refuse(`its record has no digest of ${title}`);
    if (keyOf(fields) !== key || keyOf(manifest.fields) !== key) {
      throw refuse(`of ${title}, the key is not that of its fields`);
    }
    checkEntries(
      archive,
      { stage: name, key },
      manifest,
      (what) => refuse(`of ${title}, ${what}`),
    );
    manifests.set(key, manifest);
  }
  const ofRun = new Set(record.stages.map(({ name, key }) => `${name} ${key}`));
  for (const path of Object.keys(archive.index.files)) {
    const place = placeOf(path, action);
    if (place.kind === "run") continue;
    const { stage, key } = place.address;
    if (ofRun.has(`${stage} ${key}`) && manifests.has(key)) continue;
    throw refuse(`its entry "${path}" is of no stage of the run`);
  }
  const lacking = record.stages.find((stage) =>
    isMade(stage) && !manifests.has(stage.key)
  );
  if (lacking !== undefined) {
    throw new UserError(`${action}: it lacks ${lacking.title}`, {
      hint: "Export it again",
    });
  }
  for (const group of GROUPS) {
    const invented = record.trials.find(({ figures, stages }) =>
      hasFigures(group, figures) &&
      !stages.some((key) => manifests.get(key)?.gives.includes(group.from))
    );
    if (invented !== undefined) {
      throw refuse(`it has figures of ${invented.label}, and no ${group.from}`);
    }
  }
  const [mismatch] = await findMismatches(record, {
    manifest: ({ key }) => Promise.resolve(manifests.get(key) ?? null),
    read: (address, path) => archive.read(pathOf(address, path)),
  });
  if (mismatch !== undefined) throw refuse(describeMismatch(mismatch));
}

/** Null where the archive does not list it. */
async function readManifest(
  { index, read }: Archive,
  address: ArtifactAddress,
  refuse: (what: string) => UserError,
): Promise<ArtifactManifest | null> {
  const path = pathOf(address, "manifest.json");
  if (!Object.hasOwn(index.files, path)) return null;
  const bytes = await readAll(read(path), MAX_INDEX_BYTES);
  try {
    const manifest: ArtifactManifest = JSON.parse(bytes.toString("utf8"));
    v.assert(manifestSchema, manifest);
    return manifest;
  } catch {
    throw refuse(`its entry "${path}" is no manifest`);
  }
}

/** Its entries are the files of its manifest, and no more. */
function checkEntries(
  { index: { files } }: Archive,
  address: ArtifactAddress,
  manifest: ArtifactManifest,
  refuse: (what: string) => UserError,
): void {
  const folder = pathOf(address, "");
  for (const [path, record] of Object.entries(manifest.files)) {
    const entry = Object.hasOwn(files, folder + path)
      ? files[folder + path]
      : undefined;
    if (entry === undefined) throw refuse(`${path} is missing`);
    if (isAsListed(entry, record)) continue;
    throw refuse(`${path} is not what its manifest says`);
  }
  const extra = Object.keys(files).find((path) =>
    path.startsWith(folder) && path !== `${folder}manifest.json` &&
    !Object.hasOwn(manifest.files, path.slice(folder.length))
  );
  if (extra !== undefined) {
    throw refuse(`its manifest does not have "${extra.slice(folder.length)}"`);
  }
}

function pathOf({ stage, key }: ArtifactAddress, path: string): string {
  return `store/${stage}/${key}/${path}`;
}

/** What is asked of one here; more when it is unpacked. */
const manifestSchema = v.looseObject({
  fields: v.record(v.string(), v.string()),
  gives: v.array(v.string()),
  files: v.record(
    v.string(),
    v.object({ size: v.number(), sha256: v.string() }),
  ),
});
