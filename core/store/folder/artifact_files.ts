/**
 * Whether an artifact's files are what its manifest says.
 *
 * @module
 */

import { readFileSync, type Stats, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../../lib/errors.ts";
import { decodeValue } from "../codec.ts";
import { isManifest, parseManifest, sizeProblem } from "../common/manifest.ts";
import { codeOf, sha256 } from "../../lib/files.ts";
import type {
  ArtifactAddress,
  ArtifactManifest,
  ArtifactValue,
} from "../artifact.ts";
import type { Inspection } from "../store.ts";

/**
 * A hit where all files are there in their sizes, a miss, or the problem. It
 * waits for the disk: a plan has dozens of artifacts, and a trip to
 * the thread pool takes longer than a look at a file.
 */
export function look(
  folder: string,
  address: ArtifactAddress,
): Inspection | string {
  const manifest = readManifest(folder, address);
  if (typeof manifest === "string") {
    return statOf(folder) === null ? { status: "miss" } : manifest;
  }
  const problem = sizeProblem(
    manifest,
    (path) => statOf(join(folder, path))?.size ?? null,
  );
  return problem ?? { status: "hit", manifest };
}

/** The value, all files verified by their digests, or the problem. */
export async function readVerified(
  folder: string,
  address: ArtifactAddress,
): Promise<ArtifactValue | string> {
  const manifest = readManifest(folder, address);
  if (typeof manifest === "string") return manifest;
  const contents = new Map<string, Uint8Array>();
  for (const [path, record] of Object.entries(manifest.files)) {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(join(folder, path));
    } catch (error) {
      return `${path} ${damageIn(error)}`;
    }
    if (sha256(bytes) !== record.sha256) {
      return `${path} is not what was written`;
    }
    contents.set(path, bytes);
  }
  const json = contents.get("value.json");
  const arrays = contents.get("arrays.safetensors");
  if (json === undefined || arrays === undefined) {
    return "manifest.json names no value";
  }
  try {
    const value = decodeValue(new TextDecoder().decode(json), arrays);
    return value as ArtifactValue;
  } catch (error) {
    // As it was written, and yet no value: another version's format.
    return messageOf(error);
  }
}

/** The manifest in a folder, whosever it is; null where there is none. */
export function readAnyManifest(folder: string): ArtifactManifest | null {
  try {
    const text = readFileSync(join(folder, "manifest.json"), "utf8");
    const manifest: unknown = JSON.parse(text);
    return isManifest(manifest) ? manifest : null;
  } catch {
    return null;
  }
}

function readManifest(
  folder: string,
  address: ArtifactAddress,
): ArtifactManifest | string {
  let text: string;
  try {
    text = readFileSync(join(folder, "manifest.json"), "utf8");
  } catch (error) {
    return `manifest.json ${damageIn(error)}`;
  }
  return parseManifest(text, address);
}

/**
 * What is wrong with a file that gave this error. That it may not be read, or
 * not now, is nothing that is wrong with it.
 *
 * @throws The error, in that case.
 */
function damageIn(error: unknown): string {
  const code = codeOf(error) ?? "";
  if (["ENOENT", "ENOTDIR"].includes(code)) return "is missing";
  if (["EIO", "EISDIR"].includes(code)) return `cannot be read: ${code}`;
  throw error;
}

/** Size and times; null where there is nothing. */
export function statOf(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (codeOf(error) === "ENOTDIR") return null;
    throw error;
  }
}
