/**
 * The two kinds of failure a person meets: their own mistake, and ours.
 *
 * @module
 */

/** Options of {@link UserError}. */
export interface UserErrorOptions {
  /** What to do about it, in one sentence; printed on its own line. */
  readonly hint?: string;
  /** The error that led here. */
  readonly cause?: unknown;
}

/**
 * A mistake in what the user gave: a config key, a plugin, a data file, a flag.
 *
 * The message says what was being done, with what, what was found and what is
 * wanted; capital first, no full stop. The command line prints it without a
 * stack trace and exits with 2.
 *
 * @example
 * ```ts
 * throw new UserError('Cannot read "train.epochs": found "many", want a whole number of at least 1', {
 *   hint: "Set it with --set train.epochs=20",
 * });
 * ```
 */
export class UserError extends Error {
  /** What to do about it. */
  readonly hint: string | undefined;

  constructor(message: string, options: UserErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "UserError";
    this.hint = options.hint;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
