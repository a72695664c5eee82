/**
 * How artifacts are named in a store of any kind.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import type { ArtifactAddress } from "../artifact.ts";

const KEY = /^[0-9a-f]{64}$/;
/** `attempts/<stage>/<key>`, `manifests/<stage>/<key>.json` and the like. */
const PLACED = /^[^/]+\/((?!\.)[^/\\:]+)\/([0-9a-f]{64})(?:[./]|$)/;
/** `quarantine/<stage>-<key>-<digits>`. */
const SHELVED = /^[^/]+\/([^/]+)-([0-9a-f]{64})-[0-9a-f]{8}$/;

/** Whether a name is one of an artifact's folder. */
export function isKey(name: string): boolean {
  return KEY.test(name);
}

/** Tells addresses apart. */
export function nameOf({ stage, key }: ArtifactAddress): string {
  return `${stage}/${key}`;
}

/** Name of an artifact's lock. */
export function lockName({ stage, key }: ArtifactAddress): string {
  return `${stage}-${key}`;
}

/** A new name for an artifact in quarantine. */
export function shelvedName(address: ArtifactAddress): string {
  return `${lockName(address)}-${randomUUID().slice(0, 8)}`;
}

/** The artifact that a path in a room of the store is of. */
export function addressOf(path: string): ArtifactAddress | null {
  const match = PLACED.exec(path) ?? SHELVED.exec(path);
  return match === null ? null : { stage: match[1]!, key: match[2]! };
}
