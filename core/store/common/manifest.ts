/**
 * Manifests: whether one is that of an artifact, and whether files have the
 * sizes that it says.
 *
 * @module
 */

import { formatCount, plural } from "../../lib/count.ts";
import type { ArtifactAddress, ArtifactManifest } from "../artifact.ts";
import type { FileRecord } from "../../lib/file_record.ts";
import { isKey } from "./names.ts";

/** The manifest of an artifact, or what is wrong with it. */
export function parseManifest(
  text: string,
  address: ArtifactAddress,
): ArtifactManifest | string {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return "manifest.json cannot be read";
  }
  return isManifest(manifest) && manifest.key === address.key &&
      manifest.stage === address.stage
    ? manifest
    : "manifest.json does not belong to it";
}

/** Whether a value is a manifest, whosever. */
export function isManifest(value: unknown): value is ArtifactManifest {
  return isRecord(value) && value.format === 1 &&
    typeof value.stage === "string" && isKey(String(value.key)) &&
    isRecord(value.fields) && isRecord(value.files);
}

/**
 * What is wrong with an artifact's files by their sizes; null: nothing.
 *
 * @param sizeOf Bytes of a file of the manifest; null where it is not there.
 */
export function sizeProblem(
  manifest: ArtifactManifest,
  sizeOf: (path: string, record: FileRecord) => number | null,
): string | null {
  for (const [path, record] of Object.entries(manifest.files)) {
    const found = sizeOf(path, record);
    if (found === null) return `${path} is missing`;
    if (found !== record.size) {
      return `${path} has ${plural(found, "byte")}, want ${
        formatCount(record.size)
      }`;
    }
  }
  return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
