/**
 * Flags that say where a queue is.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import {
  checkRedisUrl,
  DEFAULT_QUEUE,
  type QueuePlace,
  REDIS_VARIABLE,
} from "../queue/place.ts";
import type { Flag, Flags } from "./command.ts";
import { readText } from "./flags.ts";

/** Where the queue is. */
export const queueFlags: readonly Flag[] = [
  {
    form: "--redis <url>",
    description:
      `Redis or Valkey, redis://HOST:PORT; default ${REDIS_VARIABLE}`,
  },
  {
    form: "--queue <name>",
    description: `Queue, where one Redis has several; default ${DEFAULT_QUEUE}`,
  },
];

/**
 * Reads {@link queueFlags}.
 *
 * @throws {UserError} where nothing says where Redis is, or URL or name is none.
 */
export function readQueuePlace(flags: Flags): QueuePlace {
  const given = readText(flags, "redis");
  const url = given ?? process.env[REDIS_VARIABLE] ?? "";
  if (url === "") {
    throw new UserError("Cannot find the queue: nothing says where Redis is", {
      hint:
        `Name it with --redis redis://HOST:6379, or in ${REDIS_VARIABLE}, which keeps a password off the command line`,
    });
  }
  checkRedisUrl(url, given === undefined ? REDIS_VARIABLE : "--redis");
  const queue = readText(flags, "queue") ?? DEFAULT_QUEUE;
  if (!/^[\w.-]+$/.test(queue)) {
    throw new UserError(
      `Cannot use --queue ${queue}: want letters, digits, "_", "." and "-"`,
    );
  }
  return { url, queue };
}
