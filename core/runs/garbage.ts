/**
 * What of a store goes, decided from what is known of it.
 *
 * @module
 */

import type { KeptArtifact, Orphan, OrphanKind } from "../store/admin.ts";
import type { Usage } from "./usage.ts";

/** What {@link findGarbage} decides from. */
export interface Inventory {
  readonly artifacts: readonly KeptArtifact[];
  readonly orphans: readonly Orphan[];
  readonly usage: Usage;
}

/** Limits beyond which also goes what runs refer to. */
export interface GarbageLimits {
  /** What was used before then goes; in milliseconds since 1970. */
  readonly usedSince?: number;
  /** What was used longest ago goes, until artifacts take no more bytes. */
  readonly maxSize?: number;
}

/** An artifact that goes, and why. */
interface GarbageArtifact {
  readonly artifact: KeptArtifact;
  readonly why: string;
}

/** What goes. */
export interface Garbage {
  readonly artifacts: readonly GarbageArtifact[];
  readonly orphans: readonly Orphan[];
}

/** Whether a live process needs an artifact. */
export function isBusy(
  { address, locked }: KeptArtifact,
  usage: Usage,
): boolean {
  return locked || usage.get(address.key) === Infinity;
}

/** Decides what goes; what a live process needs never does. */
export function findGarbage(
  { artifacts, orphans, usage }: Inventory,
  { usedSince = -Infinity, maxSize = Infinity }: GarbageLimits = {},
): Garbage {
  const why = new Map<KeptArtifact, string>();
  const idle = artifacts.filter((artifact) => !isBusy(artifact, usage));
  for (const artifact of idle) {
    const used = usage.get(artifact.address.key);
    if (artifact.problem !== null) why.set(artifact, "damaged");
    else if (used === undefined) why.set(artifact, "no run refers to it");
    else if (used < usedSince) why.set(artifact, "only older runs use it");
  }
  let size = artifacts.filter((artifact) => !why.has(artifact))
    .reduce((sum, { bytes }) => sum + bytes, 0);
  const oldestFirst = idle.filter((artifact) => !why.has(artifact)).sort(
    (a, b) =>
      usage.get(a.address.key)! - usage.get(b.address.key)! ||
      a.modified - b.modified,
  );
  for (const artifact of oldestFirst) {
    if (size <= maxSize) break;
    why.set(artifact, "beyond the size");
    size -= artifact.bytes;
  }
  const kept = artifacts.filter((artifact) => !why.has(artifact));
  const staying = new Set(kept.map(({ address }) => address.key));
  const sources = new Set(
    kept.flatMap(({ manifest }) => Object.values(manifest?.fields ?? {})),
  );
  return {
    artifacts: [...why].map(([artifact, why]) => ({ artifact, why })),
    orphans: orphans.filter((orphan) =>
      !orphan.busy && isGarbage(orphan, { usage, staying, sources })
    ),
  };
}

/** Why an orphan goes. */
export const ORPHAN_REASONS: Readonly<Record<OrphanKind, string>> = {
  draft: "its process ended",
  attempt: "no run resumes from it",
  lock: "nobody holds it",
  quarantine: "damaged",
  cache: "of files that are gone",
  source: "of no artifact that stays",
  trash: "left by a removal",
  copy: "on this machine, of what the store has no more",
  unknown: "",
};

function isGarbage(
  { kind, path, address }: Orphan,
  { usage, staying, sources }: {
    readonly usage: Usage;
    readonly staying: ReadonlySet<string>;
    readonly sources: ReadonlySet<string>;
  },
): boolean {
  if (kind === "unknown") return false;
  if (kind === "source") {
    return !sources.has(path.replace(/^.*\//, "").replace(/\..*$/, ""));
  }
  if (kind !== "attempt" || address === null) return true;
  // Checkpoints are for the next run, until the stage has ended.
  return !usage.has(address.key) || staying.has(address.key);
}
