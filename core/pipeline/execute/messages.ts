/**
 * What the runner and its worker processes say to each other.
 *
 * @module
 */

import { hideCredentials } from "../../lib/credentials.ts";
import {
  ExplainedError,
  messageOf,
  RunError,
  UserError,
} from "../../lib/errors.ts";
import type { ArtifactAddress } from "../../store/store.ts";
import type { SentValue, SourceOf } from "../provider.ts";
import type { KeyFields } from "../types.ts";

/** A stage to be run, as data. */
export interface Task {
  readonly address: ArtifactAddress;
  readonly fields: KeyFields;
  /** File URL of the stage's module. */
  readonly module: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** What of the run the stage uses. */
  readonly given: readonly TaskGiven[];
  /** The modules that its key depends on. */
  readonly sources: readonly SourceOf[];
  /** Artifact name to its address. */
  readonly inputs: Readonly<Record<string, ArtifactAddress>>;
  /** A finished artifact to go on from, or null. */
  readonly earlier: ArtifactAddress | null;
  /** Location of the store. */
  readonly store: string;
  readonly baseDirectory: string;
}

/** Something that a task's stage uses. */
export interface TaskGiven {
  readonly name: string;
  /** File URL of the provider's module, which opens it. */
  readonly module: string;
  readonly sent: SentValue;
}

/** From the runner to a worker. */
export type ToWorker =
  | { readonly type: "run"; readonly task: Task }
  /** Opens what takes long ahead of the first task that uses it. */
  | { readonly type: "warm"; readonly given: readonly TaskGiven[] }
  | { readonly type: "abort" }
  /** Answers `verify`; `error` where the result must not be kept. */
  | { readonly type: "verified"; readonly error: WireError | null };

/** From a worker to the runner. */
export type FromWorker =
  | {
    readonly type: "progress";
    readonly done: number;
    readonly total: number;
    readonly fields: Readonly<Record<string, number>>;
  }
  | {
    readonly type: "log";
    readonly record: Readonly<Record<string, number | string>>;
  }
  | { readonly type: "warn" | "note"; readonly message: string }
  /** Asks whether the sources are still those of the key. */
  | { readonly type: "verify" }
  | { readonly type: "warmed" }
  | TaskEnd;

/** How a task ends. */
export type TaskEnd =
  | {
    readonly type: "done";
    readonly ms: number;
    readonly warnings: readonly string[];
  }
  | { readonly type: "failed"; readonly error: WireError }
  | { readonly type: "interrupted" }
  /** An input was damaged; it is in quarantine now. */
  | {
    readonly type: "damaged";
    readonly address: ArtifactAddress;
    readonly problem: string;
  };

/** An error, as data. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | null;
  /** Which of our own errors it is. */
  readonly kind: "user" | "run" | null;
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
    : wire.kind === "run"
    ? new RunError(wire.message, options)
    : new Error(wire.message, cause);
  error.name = wire.name;
  if (wire.stack !== null) error.stack = wire.stack;
  return error;
}
