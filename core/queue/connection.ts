/**
 * The way to Redis (or Valkey), for BullMQ.
 *
 * @module
 */

import type { Redis } from "ioredis";
import { messageOf, RunError } from "../errors.ts";
import { type QueuePlace, withoutPassword } from "./place.ts";

/** Tries to reach Redis at all, before it is said that this cannot be. */
const FIRST_TRIES = 3;
const LONGEST_WAIT_MS = 2000;

/**
 * Connects.
 *
 * @param url As `checkRedisUrl` wants it.
 * @throws {RunError} where nobody answers there.
 */
export async function connect(
  { url }: Pick<QueuePlace, "url">,
): Promise<Redis> {
  const { Redis } = await import("ioredis");
  let isReached = false;
  let problem = "";
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
    problem = messageOf(error) || String((error as { code?: unknown }).code);
  });
  try {
    await redis.connect();
    await redis.ping();
    isReached = true;
    return redis;
  } catch (cause) {
    redis.disconnect();
    throw new RunError(
      `Cannot reach Redis at ${withoutPassword(url)}: ${
        problem || messageOf(cause)
      }`,
      { hint: "Is it running, and is the URL right?", cause },
    );
  }
}
