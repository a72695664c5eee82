/**
 * The way to Redis (or Valkey), for BullMQ.
 *
 * @module
 */

import type { Redis } from "ioredis";
import { hideAllOfCredentials } from "../lib/credentials.ts";
import { messageOf, RunError, UserError } from "../lib/errors.ts";
import { encryptionFailure } from "../lib/network/certificate_failure.ts";
import { type QueuePlace, REDIS_VARIABLE, withoutPassword } from "./place.ts";

/** Tries to reach Redis at all, before it is said that this cannot be. */
const FIRST_TRIES = 3;
const LONGEST_WAIT_MS = 2000;

/**
 * Connects.
 *
 * @param url As `checkRedisUrl` wants it.
 * @throws {RunError} where nobody answers there.
 * @throws {UserError} where its certificate cannot be verified.
 */
export async function connect(
  { url }: Pick<QueuePlace, "url">,
): Promise<Redis> {
  const { Redis } = await import("ioredis");
  let isReached = false;
  let problem: unknown;
  const redis = new Redis(url, {
    lazyConnect: true,
    // BullMQ wants commands to wait for as long as Redis is away.
    maxRetriesPerRequest: null,
    retryStrategy: (times) =>
      !isReached && times >= FIRST_TRIES
        ? null
        : Math.min(100 * 2 ** times, LONGEST_WAIT_MS),
  });
  redis.on("error", (error) => {
    problem = error;
  });
  try {
    await redis.connect();
    await redis.ping();
    isReached = true;
    return redis;
  } catch (cause) {
    redis.disconnect();
    const what = `Cannot reach Redis at ${withoutPassword(url)}`;
    const encryption = encryptionFailure(problem, "NODE_EXTRA_CA_CERTS");
    if (encryption !== null) {
      const { why, hint } = encryption;
      throw new UserError(`${what}: ${why}`, { hint, cause });
    }
    const said = hideAllOfCredentials(reasonOf(problem ?? cause), {
      ...process.env,
      [REDIS_VARIABLE]: url,
    });
    throw new RunError(`${what}: ${said}`, {
      hint: "Is it running, and is the URL right?",
      cause,
    });
  }
}

function reasonOf(error: unknown): string {
  return messageOf(error) || String((error as { code?: unknown }).code);
}
