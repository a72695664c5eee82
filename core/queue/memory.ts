/**
 * Whether Redis keeps what it is given: a queue of which it drops parts, for
 * want of memory, is a queue that never ends; and one that it has no memory for
 * never begins.
 *
 * @module
 */

import type { Redis } from "ioredis";
import { UserError } from "../lib/errors.ts";
import { withoutPassword } from "./place.ts";

/** A Redis, and what it is called by. */
export interface Server {
  readonly redis: Redis;
  readonly url: string;
}

/** The policy of a Redis that drops nothing. */
const KEEPS = "noeviction";
/** The answers of a Redis that takes no writes; one that runs a script may put other words before. */
const REFUSALS = /\b(?:OOM command|MISCONF|READONLY|NOREPLICAS|NOPERM)\b/;
/** That of a transaction, which has them as its `previousErrors`. */
const ABORTED = /^EXECABORT\b/;
const PROBE_MS = 1000;

/**
 * Looks whether Redis can hold a queue.
 *
 * @param queue Its name.
 * @throws {UserError} where it would drop jobs, or refuses to write.
 */
export async function checkServer(
  server: Server,
  queue: string,
): Promise<void> {
  await refuseEviction(server);
  await tryToWrite(server, queue);
}

/**
 * Looks whether Redis drops what it holds when its memory is full. One that
 * does not say so is taken for one that keeps it.
 *
 * @throws {UserError} where it does.
 */
export async function refuseEviction({ redis, url }: Server): Promise<void> {
  const policy = await policyOf(redis);
  if (policy === null || policy === KEEPS) return;
  throw new UserError(
    `Cannot use Redis at ${
      withoutPassword(url)
    } for a queue: its maxmemory-policy is "${policy}", by which it drops jobs when its memory is full; want "${KEEPS}"`,
    {
      hint:
        `Start it with --maxmemory-policy ${KEEPS}, or set it with redis-cli CONFIG SET maxmemory-policy ${KEEPS}, then start again: what has been made is in the store`,
    },
  );
}

/**
 * Tries to write, beside the keys of a queue.
 *
 * @throws {UserError} where Redis refuses.
 */
export async function tryToWrite(
  server: Server,
  queue: string,
): Promise<void> {
  try {
    await server.redis.set(`bull:${queue}:probe`, "", "PX", PROBE_MS);
  } catch (error) {
    throw await explainRefusal(error, server);
  }
}

/** Whether Redis refused to write. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && !(error instanceof UserError) &&
    REFUSALS.test(answerOf(error));
}

/** The error for a person, where Redis refused to write; else the error itself. */
export async function explainRefusal(
  error: unknown,
  { redis, url }: Server,
): Promise<unknown> {
  if (!isRefusal(error)) return error;
  const said = answerOf(error as Error);
  // What follows is the script that was run.
  const words = said.slice(said.search(REFUSALS)).split(/\.? script: /)[0]!
    .replace(/\.$/, "");
  const isFull = words.startsWith("OOM");
  const use = isFull ? await memoryOf(redis) : null;
  return new UserError(
    `Cannot write to Redis at ${withoutPassword(url)}: it says "${words}"${
      use === null ? "" : `, with ${use}`
    }`,
    {
      hint: `${
        isFull
          ? "Raise its maxmemory, or take out of it what is not needed"
          : "Mend that"
      }, then start the same again: it resumes from what is in the store, where all that has been made is`,
      cause: error,
    },
  );
}

function answerOf(error: Error): string {
  if (!ABORTED.test(error.message)) return error.message;
  const { previousErrors = [] } = error as {
    readonly previousErrors?: readonly Error[];
  };
  return previousErrors[0]?.message ?? error.message;
}

/** What it does when its memory is full; null where it does not say. */
async function policyOf(redis: Redis): Promise<string | null> {
  const said = (await info(redis)).get("maxmemory_policy");
  if (said !== undefined) return said;
  try {
    const [, policy] = await redis.config(
      "GET",
      "maxmemory-policy",
    ) as readonly string[];
    return policy ?? null;
  } catch {
    return null;
  }
}

/** `3.01M of 3.00M in use`; null where it does not say. */
async function memoryOf(redis: Redis): Promise<string | null> {
  const said = await info(redis);
  const used = said.get("used_memory_human");
  const limit = said.get("maxmemory_human");
  if (used === undefined || limit === undefined) return null;
  return `${used} in use and a maxmemory of ${limit}`;
}

/** What it says of its memory: nothing, where a service forbids that. */
async function info(redis: Redis): Promise<ReadonlyMap<string, string>> {
  try {
    const text = await redis.info("memory");
    return new Map(
      text.split(/\r?\n/).map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon), line.slice(colon + 1)];
      }),
    );
  } catch {
    return new Map();
  }
}
