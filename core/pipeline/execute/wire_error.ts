/**
 * Errors as data: between processes, in records and in queues.
 *
 * @module
 */

import { hideCredentials } from "../../lib/credentials.ts";
import {
  ExplainedError,
  messageOf,
  RepeatableError,
  RunError,
  UserError,
} from "../../lib/errors.ts";

/** An error, as data. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | null;
  /** Which of our own errors it is. */
  readonly kind: "user" | "run" | "repeatable" | null;
  readonly hint: string | null;
  readonly cause: WireError | null;
}

/**
 * An error as data, which goes into records and queues: without credentials;
 * causes beyond the fifth are left out.
 */
export function packError(error: unknown, depth = 5): WireError {
  const { name, stack, cause } = error instanceof Error
    ? error
    : { name: "Error", stack: undefined, cause: undefined };
  return {
    name,
    message: hideCredentials(messageOf(error)),
    stack: stack === undefined ? null : hideCredentials(stack),
    kind: error instanceof UserError
      ? "user"
      : error instanceof RepeatableError
      ? "repeatable"
      : error instanceof RunError
      ? "run"
      : null,
    hint: error instanceof ExplainedError ? error.hint ?? null : null,
    cause: cause === undefined || depth === 0
      ? null
      : packError(cause, depth - 1),
  };
}

/** The error that {@link packError} was given, as near as can be. */
export function unpackError(wire: WireError): Error {
  const cause = wire.cause === null ? {} : { cause: unpackError(wire.cause) };
  const options = {
    ...cause,
    ...(wire.hint === null ? {} : { hint: wire.hint }),
  };
  const error = wire.kind === "user"
    ? new UserError(wire.message, options)
    : wire.kind === "repeatable"
    ? new RepeatableError(wire.message, options)
    : wire.kind === "run"
    ? new RunError(wire.message, options)
    : new Error(wire.message, cause);
  error.name = wire.name;
  if (wire.stack !== null) error.stack = wire.stack;
  return error;
}
