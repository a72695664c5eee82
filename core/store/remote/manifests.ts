/**
 * Manifests of a store of objects. What was read is kept on this machine, and
 * asked for again only where it has changed.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseManifest } from "../common/manifest.ts";
import { isKey } from "../common/names.ts";
import { listNames } from "../../lib/tree.ts";
import { makeFolder } from "../../lib/make_folder.ts";
import type { ArtifactAddress, ArtifactManifest } from "../artifact.ts";
import type { FoundObject, Objects } from "./objects.ts";
import { manifestPath, staysWithin } from "./paths.ts";
import type { Signer } from "./signature.ts";

/** A manifest as the store has it. */
interface RemoteManifest {
  readonly text: string;
  /** The problem, where it is none of that artifact. */
  readonly manifest: ArtifactManifest | string;
}

/** Reads manifests. */
export interface Manifests {
  /**
   * The manifest of an artifact; null where it is not there.
   *
   * @param etag As a list has just shown it: then what is kept of it does.
   * @throws {UnsignedError}
   */
  get(address: ArtifactAddress, etag?: string): Promise<RemoteManifest | null>;
  /** Writes it: from then on the artifact is there. */
  put(address: ArtifactAddress, text: string): Promise<void>;
  /** Removes what is kept of it on this machine. */
  forget(address: ArtifactAddress): Promise<void>;
  /** Of which artifacts something is kept. */
  kept(): readonly ArtifactAddress[];
}

/** What {@link remoteManifests} works with. */
interface ManifestsOptions {
  readonly objects: Objects;
  readonly signer: Signer;
  /** Folder of this machine. */
  readonly folder: string;
}

interface Kept {
  readonly etag: string;
  readonly signature: string | null;
  readonly text: string;
}

/** The manifests of a store. */
export function remoteManifests(
  { objects, signer, folder }: ManifestsOptions,
): Manifests {
  const fileOf = ({ stage, key }: ArtifactAddress) =>
    join(folder, stage, `${key}.json`);

  async function recall(address: ArtifactAddress): Promise<Kept | null> {
    try {
      const kept = JSON.parse(await readFile(fileOf(address), "utf8"));
      return typeof kept?.etag === "string" && typeof kept.text === "string"
        ? kept
        : null;
    } catch {
      return null;
    }
  }

  function open(address: ArtifactAddress, found: FoundObject): RemoteManifest {
    const { stage, key } = address;
    const what = `artifact of stage "${stage}" (${key.slice(0, 8)})`;
    signer.check(manifestPath(address), found, what);
    const text = Buffer.from(found.bytes).toString("utf8");
    const manifest = parseManifest(text, address);
    const isOpen = typeof manifest !== "string" &&
      !Object.keys(manifest.files).every(staysWithin);
    return {
      text,
      manifest: isOpen ? "manifest.json names files elsewhere" : manifest,
    };
  }

  return {
    get: async (address, etag) => {
      const kept = await recall(address);
      const known = kept === null
        ? null
        : { ...kept, bytes: Buffer.from(kept.text) };
      if (known !== null && known.etag === etag) return open(address, known);
      const found = await objects.get(manifestPath(address), known?.etag);
      if (found === "same") return open(address, known!);
      if (found === null) {
        if (known !== null) await rm(fileOf(address), { force: true });
        return null;
      }
      const opened = open(address, found);
      await keep(fileOf(address), { ...found, text: opened.text });
      return opened;
    },
    put: async (address, text) => {
      const path = manifestPath(address);
      const signature = signer.sign(path, text);
      const etag = await objects.put(path, text, { signature });
      await keep(fileOf(address), { etag: etag!, signature, text });
    },
    forget: (address) => rm(fileOf(address), { force: true }),
    kept: () =>
      listNames(folder).flatMap((stage) =>
        listNames(join(folder, stage)).flatMap((name) => {
          const key = name.replace(/\.json$/, "");
          return isKey(key) ? [{ stage, key }] : [];
        })
      ),
  };
}

/** It saves time, no more: where it cannot be written it is read again. */
async function keep(
  file: string,
  { etag, signature, text }: Kept,
): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await makeFolder(dirname(file));
    await writeFile(draft, JSON.stringify({ etag, signature, text }));
    await rename(draft, file);
  } catch {
    await rm(draft, { force: true }).catch(() => {});
  }
}
