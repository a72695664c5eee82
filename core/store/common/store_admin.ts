/**
 * Looks after a store, whatever place it is in.
 *
 * @module
 */

import { existsSync } from "node:fs";
import type { KeptArtifact, StoreAdmin } from "../admin.ts";
import type { ArtifactAddress } from "../artifact.ts";
import type { StoreBackend } from "../backend.ts";
import { startImport } from "./import.ts";
import { mapConcurrent } from "./map_concurrent.ts";
import { lockName } from "./names.ts";
import { findOrphans } from "./orphans.ts";
import { storeReferences } from "./references.ts";

/** Looks after the store in a place. */
export function storeAdmin(backend: StoreBackend): StoreAdmin {
  const { explained } = backend;

  function find(only?: ArtifactAddress): Promise<readonly KeptArtifact[]> {
    return explained("read", async () => {
      const [locks, found] = await Promise.all([
        backend.heldLocks(),
        backend.artifacts(only),
      ]);
      return found.map(({ address, bytes, modified, manifest }) => ({
        address,
        bytes,
        modified,
        manifest: typeof manifest === "string" ? null : manifest,
        problem: typeof manifest === "string" ? manifest : null,
        locked: locks.has(lockName(address)),
      }));
    });
  }

  return {
    list: () => find(),
    look: async (address) => (await find(address))[0] ?? null,
    lookAtAttempt: (address) =>
      explained("read", async () => {
        const locks = await backend.heldLocks();
        const folder = backend.paths.attempt(address);
        return {
          directory: existsSync(folder) ? folder : null,
          working: locks.has(lockName(address)),
        };
      }),
    verify: (address) =>
      explained("read", async () => {
        const [found] = await backend.artifacts(address);
        if (found === undefined) return [];
        if (typeof found.manifest === "string") return [found.manifest];
        const problems = await mapConcurrent(
          Object.entries(found.manifest.files),
          async ([path, record]) => {
            const digest = await backend.digestOf(address, path, record);
            if (digest === null) return `${path} cannot be read`;
            return digest === record.sha256
              ? null
              : `${path} is not what was written`;
          },
        );
        return problems.filter((problem) => problem !== null);
      }),
    strangers: async (address) =>
      (await backend.artifacts(address))[0]?.strangers ?? [],
    readFile: backend.readFile,
    orphans: () => findOrphans(backend),
    discard: async (artifacts, orphans) => {
      await Promise.all(artifacts.map(backend.removeArtifact));
      await Promise.all(orphans.map(backend.removeOrphan));
    },
    emptyTrash: backend.emptyTrash,
    startImport: (address) =>
      explained("write to", () => startImport(address, backend)),
    references: storeReferences(backend),
  };
}
