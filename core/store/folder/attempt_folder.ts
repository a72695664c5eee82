/**
 * The folder of a stage's attempts, which outlives them: one process at a time.
 *
 * A worker whose runner was killed ends as soon as it hears of it, which is
 * when its stage lets go of the processor. Until then it may still write. One
 * that cannot be judged has had the half minute that its lock was waited for.
 *
 * @module
 */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { makeFolder } from "../../lib/make_folder.ts";
import { isAlive, markOf, type ProcessMark } from "../../lib/owner.ts";

const FILE = "owner.json";
const POLL_MS = 20;
/** Then it hangs, or its id is another's by now. */
const PATIENCE_MS = 10_000;

interface Owner {
  readonly worker: ProcessMark;
  readonly runner: ProcessMark;
}

/** Opens the folder for this process, when a worker without a runner has left it. */
export async function openAttemptFolder(folder: string): Promise<string> {
  await makeFolder(folder);
  const file = join(folder, FILE);
  const former = await readOwner(file);
  for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
    if (former === null || isAlive(former.runner)) break;
    if (!isAlive(former.worker)) break;
    await delay(POLL_MS);
  }
  const owner: Owner = { worker: markOf(), runner: markOf(process.ppid) };
  await writeFile(file, JSON.stringify(owner));
  return folder;
}

async function readOwner(file: string): Promise<Owner | null> {
  try {
    const owner = JSON.parse(await readFile(file, "utf8"));
    return typeof owner.worker.pid === "number" &&
        typeof owner.runner.pid === "number"
      ? owner
      : null;
  } catch {
    // The first attempt, or one that ended in the middle of writing it.
    return null;
  }
}
