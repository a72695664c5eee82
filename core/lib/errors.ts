/**
 * Failures that a person can act on. Anything else that is thrown is taken for
 * a bug and shown with its stack.
 *
 * @module
 */

/** Options of {@link UserError} and {@link RunError}. */
export interface ExplainedErrorOptions {
  /** What to do about it, in one sentence; printed on its own line. */
  readonly hint?: string;
  /** The error that led here. */
  readonly cause?: unknown;
}

/** What {@link UserError} and {@link RunError} share: printed without a stack. */
export class ExplainedError extends Error {
  /** What to do about it. */
  readonly hint: string | undefined;

  constructor(message: string, options: ExplainedErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.hint = options.hint;
  }
}

/**
 * A mistake in what the user gave: a config key, a plugin, a data file, a flag;
 * or something around the program that only a person can change: a full disk, a
 * folder without rights.
 *
 * The message says what was being done, with what, what was found and what is
 * wanted; capital first, no full stop. The command line exits with 2.
 *
 * @example
 * ```ts
 * throw new UserError('Cannot read "train.epochs": found "many", want a whole number of at least 1', {
 *   hint: "Set it with --set train.epochs=20",
 * });
 * ```
 */
export class UserError extends ExplainedError {
  override name = "UserError";
}

/**
 * A run that went wrong for a known reason which is no mistake in the input: a
 * loss that is not finite, say. The command line exits with 1.
 */
export class RunError extends ExplainedError {
  override name = "RunError";
}

/**
 * One that is a result: the same would go wrong again, whenever and wherever it
 * is tried, as a loss that is not finite at the same seed. A search gives such a
 * setting up.
 */
export class RepeatableError extends RunError {
  override name = "RepeatableError";
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
