/**
 * Where a queue is; loads nothing, for help names it too.
 *
 * @module
 */

import { UserError } from "../errors.ts";

/** Where the queue is. */
export interface QueuePlace {
  /** `redis://host:6379`; never shown with its password. */
  readonly url: string;
  /** Queues of another name know nothing of this one. */
  readonly queue: string;
}

/** The variable that has the URL, where none is given: a password stays off command lines. */
export const REDIS_VARIABLE = "REDIS_URL";

/** Of several sweeps the one with the lower number goes first. */
export const DEFAULT_PRIORITY = 100;

/** The name of a queue that is not named otherwise. */
export const DEFAULT_QUEUE = "vae-priors";

/** A URL fit to be shown. */
export function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, "//***@");
}

/**
 * Checks that a URL is one of Redis.
 *
 * @throws {UserError} where it is not.
 */
export function checkRedisUrl(url: string): void {
  if (/^rediss?:\/\//.test(url) && URL.canParse(url)) return;
  throw new UserError(
    `Cannot use "${
      withoutPassword(url)
    }" as the address of Redis, want redis://HOST:PORT`,
    { hint: `rediss:// encrypts; ${REDIS_VARIABLE} may hold it, too` },
  );
}
