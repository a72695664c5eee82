/**
 * Which process something on the disk belongs to, and whether that one lives.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { ownCommand } from "./credentials.ts";
import { codeOf } from "./files.ts";
import {
  hasOwnProc,
  isOverSpace,
  isOwnSpace,
  ownSpace,
} from "./process_space.ts";

/** Who holds a lock. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly since: string;
  readonly command: string;
}

/** A process. */
export interface ProcessMark {
  readonly pid: number;
  readonly host: string;
  /**
   * When it started, in the system's own measure, and `0` where that cannot be
   * had: ids are used again, after a restart of the system above all.
   */
  readonly started?: string;
  /**
   * Within what the id counts, as {@link ownSpace} has it. Earlier versions did
   * not say, and where ids are the machine's there is none.
   */
  readonly space?: string;
}

/** What can be told of a process from here; `unknown`: its number says nothing here. */
export type Verdict = "lives" | "dead" | "unknown";

/** Word of a process of which nothing else can be known holds so long. */
export const FOREIGN_MS = 7 * 24 * 60 * 60 * 1000;
/** One that gives signs of life every few seconds or minutes, and was silent for so long, is dead, by whatever clock. */
export const SILENT_MS = 60 * 60 * 1000;
/** The space came later; a host has no `+`. */
const OWNED =
  /^(.*)~(\d+)~(\d+)~([\w.-]+)(?:~\+([\w.-]+))?~[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** The mark of process `pid` of this host, by default of this process. */
export function markOf(pid: number = process.pid): ProcessMark {
  const space = ownSpace();
  return {
    pid,
    host: hostname(),
    started: lookUp(pid).started,
    ...space === undefined ? {} : { space },
  };
}

/** This process, as a lock names it. */
export function self(): LockOwner & ProcessMark {
  return {
    ...markOf(),
    since: new Date().toISOString(),
    command: ownCommand().join(" "),
  };
}

/** Whether a process may still run. */
export function isAlive(mark: ProcessMark): boolean {
  return judge(mark) !== "dead";
}

/**
 * Whether a process lives. Of another host's that is not known, nor of one that
 * a container or a sandbox has given its number, though the host's name be ours.
 */
export function judge({ pid, host, started, space }: ProcessMark): Verdict {
  if (host !== hostname()) return "unknown";
  if (!isOwnSpace(space)) return isOverSpace(space) ? "dead" : "unknown";
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === "ESRCH") return "dead";
  }
  const now = lookUp(pid);
  if (now.isOver) return "dead";
  const isSame = [started ?? "0", now.started].includes("0") ||
    now.started === started;
  return isSame ? "lives" : "dead";
}

/**
 * A name for something that this process makes and will rename or remove: it
 * says whose it is from its first moment on, in whatever state it is found.
 */
export function ownedName(name: string): string {
  const { pid, host, started, space } = markOf();
  const where = [nameable(host), ...space === undefined ? [] : [`+${space}`]];
  return [name, pid, started, ...where, randomUUID()].join("~");
}

/** Something in a folder whose owner has died. */
interface Abandoned {
  readonly path: string;
  /** As {@link ownedName} was given it. */
  readonly name: string;
}

/** Options of {@link listAbandoned}. */
interface AbandonedOptions {
  /** The folder holds nothing but such things: what has no owner's name is one, too. */
  readonly unnamed?: boolean;
}

/**
 * What the dead have left in `folder`: owned names of processes that do not
 * live. Of those that cannot be judged from here, and those without a name,
 * nobody knows: they are dead when nothing of theirs was touched for a week.
 */
export async function listAbandoned(
  folder: string,
  { unnamed = false }: AbandonedOptions = {},
): Promise<readonly Abandoned[]> {
  const found: Abandoned[] = [];
  for (const entry of await readdir(folder).catch(() => [])) {
    const path = join(folder, entry);
    const name = OWNED.exec(entry)?.[1];
    if (name === undefined && !unnamed) continue;
    if (await isAbandoned(path)) found.push({ path, name: name ?? entry });
  }
  return found;
}

/** Whether something, by its name, is of the dead, as {@link listAbandoned} has it. */
export async function isAbandoned(path: string): Promise<boolean> {
  const [, , pid, started, host, space] = OWNED.exec(basename(path)) ?? [];
  const verdict = host === nameable(hostname())
    ? judge({
      pid: Number(pid),
      host: hostname(),
      started: started!,
      ...space === undefined ? {} : { space },
    })
    : "unknown";
  return verdict === "unknown" ? await isOld(path) : verdict === "dead";
}

async function isOld(path: string): Promise<boolean> {
  const times = [path, join(path, "artifact")].map((one) =>
    stat(one).then(({ mtimeMs }) => mtimeMs, () => 0)
  );
  const newest = Math.max(...await Promise.all(times));
  return newest > 0 && Date.now() - newest > FOREIGN_MS;
}

/**
 * What Linux says of a process: when it started, in ticks since the system did,
 * and whether it has ended and only waits for its parent to take note. In a
 * container there may be none that ever does.
 */
function lookUp(
  pid: number,
): { readonly started: string; readonly isOver: boolean } {
  try {
    // That of another namespace tells of others' processes.
    if (!hasOwnProc()) return { started: "0", isOver: false };
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field, a name in brackets, may hold anything.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [state = ""] = fields;
    return { started: fields[19] ?? "0", isOver: /^[ZXx]$/.test(state) };
  } catch {
    return { started: "0", isOver: false };
  }
}

function nameable(host: string): string {
  return host.replaceAll(/[^\w.-]/g, "_");
}
