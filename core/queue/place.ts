/**
 * Where a queue is; loads nothing, for help names it too.
 *
 * @module
 */

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
