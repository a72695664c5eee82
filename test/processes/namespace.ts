/**
 * Programs in a PID namespace of their own, as containers have one, with the
 * name of this host. Only some users and some systems may.
 *
 * @module
 */

import { spawnSync } from "node:child_process";

const FLAGS = ["--fork", "--kill-child", "--pid", "--mount-proc"];
/** For users who are not root. */
const MAPPED = ["--user", "--map-root-user", ...FLAGS];

const allowed = [FLAGS, MAPPED].find((flags) =>
  spawnSync("unshare", [...flags, "true"]).status === 0
);

/** Whether there can be one. */
export const canUnshare: boolean = allowed !== undefined;

/** The command that runs another one in a namespace of its own. */
export function unshared(command: readonly string[]): readonly string[] {
  return ["unshare", ...allowed ?? FLAGS, ...command];
}
