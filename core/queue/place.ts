/**
 * Where a queue is; loads nothing, for help names it too.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";

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

const REDIS_URL = (() => {
  const letters = String.raw`(?:[\w.~!$&'()*+,;=-]|%[0-9a-f]{2})*`;
  const user = String.raw`(?:${letters}(?::(?:${letters}|:)*)?@)?`;
  const host = String.raw`(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d+)?`;
  const rest = String.raw`(?:\/\d*)?(?:\?[\w.~!$&'()*+,;=:@/?%-]*)?`;
  return new RegExp(`^rediss?://${user}${host}${rest}$`, "i");
})();

/** A URL of Redis, fit to be shown: without user, password and options. */
export function withoutPassword(url: string): string {
  const { protocol, username, password, host, pathname } = new URL(url);
  const hidden = username + password === "" ? "" : "***@";
  return `${protocol}//${hidden}${host}${pathname}`;
}

/**
 * Checks that a URL is one of Redis, as strictly as it can be: what is wrong in
 * it would be taken for another part of it, a password for a port.
 *
 * @param source Where it stands: `REDIS_URL`. The URL itself is not shown.
 * @throws {UserError} where it is not.
 */
export function checkRedisUrl(url: string, source: string): void {
  if (REDIS_URL.test(url) && URL.canParse(url) && isDecodable(url)) return;
  throw new UserError(
    `Cannot use the address of Redis in ${source}: want redis://HOST:PORT, with "USER:PASSWORD@" before the host where it takes a password`,
    {
      hint:
        'In user and password, percent-encode all but letters and digits: "/" is %2F, ":" is %3A, "@" is %40, "%" is %25',
    },
  );
}

function isDecodable(url: string): boolean {
  const { username, password } = new URL(url);
  try {
    return decodeURIComponent(username + password) !== null;
  } catch {
    return false;
  }
}
