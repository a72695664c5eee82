/**
 * Within what a process's number means anything: containers and sandboxes count
 * their processes anew, and may have their host's name nevertheless.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import process from "node:process";

/** Where the name of something has no place for one. */
const NONE = "0";
/** The namespace of a system's first process has this number on every Linux. */
const FIRST = "4026531836";

let own: string | undefined;
let isOwnProc: boolean | undefined;

/**
 * That of this process, `<machine>-<start of the system>-<namespace>`;
 * undefined where there is but one on each machine.
 */
export function ownSpace(): string | undefined {
  if (process.platform !== "linux") return undefined;
  return own ??= [
    digestOf("/etc/machine-id"),
    digestOf("/proc/sys/kernel/random/boot_id"),
    namespace(),
  ].join("-");
}

/** Whether process numbers of `space` are those that this process knows. */
export function isOwnSpace(space: string | undefined): boolean {
  return space === ownSpace() && !space?.endsWith(`-${NONE}`);
}

/**
 * Whether `space` was this machine before it started anew, so that nothing of
 * it lives: known outside of containers alone, which are started one by one.
 */
export function isOverSpace(space: string | undefined): boolean {
  const [machine, boot, namespace] = space?.split("-") ?? [];
  const [ownMachine, ownBoot, ownNamespace] = ownSpace()?.split("-") ?? [];
  return namespace === FIRST && ownNamespace === FIRST &&
    machine === ownMachine && boot !== ownBoot &&
    ![machine, boot, ownBoot].includes(NONE);
}

/** Whether `/proc` counts processes as this one's system calls do. */
export function hasOwnProc(): boolean {
  return isOwnProc ??= linkAt("/proc/self") === String(process.pid);
}

function namespace(): string {
  return /^pid:\[(\d+)\]$/.exec(linkAt("/proc/self/ns/pid"))?.[1] ?? NONE;
}

function linkAt(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function digestOf(file: string): string {
  try {
    const text = readFileSync(file, "utf8").trim();
    if (text === "") return NONE;
    return createHash("sha256").update(text).digest("hex").slice(0, 8);
  } catch {
    return NONE;
  }
}
