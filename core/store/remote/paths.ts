/**
 * Where things lie in a store of objects:
 *
 * ```text
 * manifests/<stage>/<key>.json       an artifact is there when this is
 * files/<stage>/<key>/<sha256>       its files, by what they hold
 * locks/<stage>-<key>.json           who makes it
 * attempts/<stage>/<key>/<file>      checkpoints
 * references/<run>-<digits>.json     what runs need
 * quarantine/<stage>-<key>-<digits>/ damaged artifacts
 * probes/                            asks what the service can do
 * ```
 *
 * @module
 */

import type { ArtifactAddress } from "../artifact.ts";

/** Beginnings of paths. */
export const ROOMS = {
  manifests: "manifests/",
  files: "files/",
  locks: "locks/",
  attempts: "attempts/",
  references: "references/",
  quarantine: "quarantine/",
  probes: "probes/",
} as const;

/** Path of an artifact's manifest. */
export function manifestPath({ stage, key }: ArtifactAddress): string {
  return `${ROOMS.manifests}${stage}/${key}.json`;
}

/** What the paths of an artifact's files begin with. */
export function filesPath({ stage, key }: ArtifactAddress): string {
  return `${ROOMS.files}${stage}/${key}/`;
}

/** What the paths of an attempt's files begin with. */
export function attemptPath({ stage, key }: ArtifactAddress): string {
  return `${ROOMS.attempts}${stage}/${key}/`;
}

/** Path of the lock `name`. */
export function lockPath(name: string): string {
  return `${ROOMS.locks}${name}.json`;
}

/**
 * Whether a path within an artifact stays there: what comes from elsewhere may
 * name any file of this machine.
 */
export function staysWithin(path: string): boolean {
  return path.split("/").every((part) =>
    part !== "" && !/^\.+$/.test(part) && !/[\\:\0]/.test(part)
  );
}
