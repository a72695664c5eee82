/**
 * The store in a folder:
 *
 * ```text
 * <stage>/<key>/           value.json arrays.safetensors manifest.json and files
 * quarantine/              damaged artifacts
 * .drafts/ .attempts/ .locks/
 * ```
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import { readFileSync, type Stats, statSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { messageOf } from "../errors.ts";
import { decodeValue } from "./codec.ts";
import { createDraft, sweepDrafts } from "./draft.ts";
import { codeOf, sha256 } from "./files.ts";
import { isAlive, tryLockFile } from "./lock.ts";
import {
  type ArtifactAddress,
  type ArtifactManifest,
  type ArtifactStore,
  type ArtifactValue,
  DamagedArtifactError,
  type Inspection,
} from "./store.ts";

const KEY = /^[0-9a-f]{64}$/;

/** Opens or creates the store in folder `root`. */
export function folderStore(root: string): ArtifactStore {
  const location = resolve(root);
  const drafts = join(location, ".drafts");
  const directory = ({ stage, key }: ArtifactAddress) =>
    join(location, stage, key);
  const attempt = ({ stage, key }: ArtifactAddress) =>
    join(location, ".attempts", stage, key);

  async function quarantine(
    address: ArtifactAddress,
    problem: string,
  ): Promise<DamagedArtifactError> {
    const shelf = join(location, "quarantine");
    const name = `${address.stage}-${address.key}-${randomUUID().slice(0, 8)}`;
    await mkdir(shelf, { recursive: true });
    await rename(directory(address), join(shelf, name)).catch((error) => {
      // Another process was quicker.
      if (codeOf(error) !== "ENOENT") throw error;
    });
    return new DamagedArtifactError(address, problem);
  }

  return {
    location,
    directory,
    inspect: async (address): Promise<Inspection> => {
      const { manifest, problem } = look(directory(address), address);
      if (manifest !== undefined) return { status: "hit", manifest };
      if (problem === undefined) return { status: "miss" };
      await quarantine(address, problem);
      return { status: "damaged", problem };
    },
    read: async (address): Promise<ArtifactValue> => {
      const result = await readVerified(directory(address), address);
      if (result.value !== undefined) return result.value;
      throw await quarantine(address, result.problem);
    },
    draft: (address) =>
      createDraft({ drafts, target: directory(address), address }),
    attemptDirectory: async (address) => {
      await mkdir(attempt(address), { recursive: true });
      return attempt(address);
    },
    clearAttempt: (address) =>
      rm(attempt(address), { recursive: true, force: true }),
    nearest: async (stage, fields, current) => {
      let best: ArtifactManifest | undefined;
      let bestRank: readonly number[] = [];
      for (const key of await listKeys(join(location, stage))) {
        const folder = directory({ stage, key });
        const manifest = readManifest(folder, { stage, key });
        if (typeof manifest === "string") continue;
        const shared = Object.keys(fields)
          .filter((name) => fields[name] === manifest.fields[name]).length;
        const time = modified(join(folder, "manifest.json"));
        const rank = [shared, current.has(key) ? 0 : 1, time];
        if (best === undefined || isGreater(rank, bestRank)) {
          best = manifest;
          bestRank = rank;
        }
      }
      return best ?? null;
    },
    tryLock: ({ stage, key }) =>
      tryLockFile(join(location, ".locks", `${stage}-${key}`)),
    sweep: () => sweepDrafts(drafts, isAlive),
  };
}

/**
 * A manifest whose files are all there in their sizes, or the problem, or
 * neither: a miss. It waits for the disk: a plan has dozens of artifacts, and
 * a trip to the thread pool takes longer than a look at a file.
 */
function look(
  folder: string,
  address: ArtifactAddress,
): { manifest?: ArtifactManifest; problem?: string } {
  const manifest = readManifest(folder, address);
  if (typeof manifest === "string") {
    return modified(folder) === 0 ? {} : { problem: manifest };
  }
  for (const [path, { size }] of Object.entries(manifest.files)) {
    const found = statOf(join(folder, path));
    if (found === null) return { problem: `${path} is missing` };
    if (found.size !== size) {
      return { problem: `${path} has ${found.size} bytes, want ${size}` };
    }
  }
  return { manifest };
}

async function readVerified(
  folder: string,
  address: ArtifactAddress,
): Promise<
  | { readonly value: ArtifactValue }
  | { readonly value?: undefined; readonly problem: string }
> {
  const manifest = readManifest(folder, address);
  if (typeof manifest === "string") return { problem: manifest };
  const contents = new Map<string, Uint8Array>();
  for (const [path, record] of Object.entries(manifest.files)) {
    const bytes = await readFile(join(folder, path)).catch(() => null);
    if (bytes === null) return { problem: `${path} is missing` };
    if (sha256(bytes) !== record.sha256) {
      return { problem: `${path} is not what was written` };
    }
    contents.set(path, bytes);
  }
  const json = contents.get("value.json");
  const arrays = contents.get("arrays.safetensors");
  if (json === undefined || arrays === undefined) {
    return { problem: "manifest.json names no value" };
  }
  try {
    const value = decodeValue(new TextDecoder().decode(json), arrays);
    return { value: value as ArtifactValue };
  } catch (error) {
    // As it was written, and yet no value: another version's format.
    return { problem: messageOf(error) };
  }
}

function readManifest(
  folder: string,
  address: ArtifactAddress,
): ArtifactManifest | string {
  let manifest: Partial<ArtifactManifest> | null;
  try {
    manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  } catch (error) {
    return codeOf(error) === "ENOENT"
      ? "manifest.json is missing"
      : "manifest.json cannot be read";
  }
  return manifest?.format === 1 && manifest.key === address.key &&
      manifest.stage === address.stage && isRecord(manifest.fields) &&
      isRecord(manifest.files)
    ? manifest as ArtifactManifest
    : "manifest.json does not belong to it";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

async function listKeys(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => KEY.test(name));
}

function modified(path: string): number {
  return statOf(path)?.mtimeMs ?? 0;
}

function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function isGreater(a: readonly number[], b: readonly number[]): boolean {
  const i = a.findIndex((value, i) => value !== b[i]);
  return i >= 0 && a[i]! > b[i]!;
}
