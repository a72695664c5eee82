/**
 * Programs in a PID namespace of their own, as containers have one, with the
 * name of this host. Only some users and some systems may.
 *
 * @module
 */

import { spawnSync } from "node:child_process";

const FLAGS = ["--fork", "--kill-child", "--pid"];
const OWN_PROC = "--mount-proc";
/** For users who are not root. */
const MAPPED = ["--user", "--map-root-user", ...FLAGS];

const allowed = [FLAGS, MAPPED].find((flags) =>
  spawnSync("unshare", [...flags, OWN_PROC, "true"]).status === 0
);

/** Whether there can be one. */
export const canUnshare: boolean = allowed !== undefined;

/**
 * The command that runs another one in a namespace of its own; without
 * `ownProc`, `/proc` counts as it does outside.
 */
export function unshared(
  command: readonly string[],
  { ownProc = true }: { readonly ownProc?: boolean } = {},
): readonly string[] {
  const proc = ownProc ? [OWN_PROC] : [];
  return ["unshare", ...allowed ?? FLAGS, ...proc, ...command];
}
