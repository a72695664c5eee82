/**
 * What a person can do where the file system refuses.
 *
 * @module
 */

import { messageOf, RunError, UserError } from "./errors.ts";
import { codeOf } from "./files.ts";
import { storeSetting } from "./store_setting.ts";

/** Options of {@link explainRefusal}. */
interface RefusalOptions {
  /** What could not be done: `Cannot write to the store`. */
  readonly what: string;
  readonly folder: string;
  /** How another folder is set; default by the config's `outputs`. */
  readonly elsewhere?: string;
}

const FULL = "the disk is full";
const DENIED = "access is denied";
const IN_THE_WAY = "something else has that name";
const TAKES_NONE = "no folder can be made there";
const TOO_LONG = "the path is too long for the file system";

/** Nothing changes until somebody does something: the exit code is 2. */
const REFUSALS: Readonly<Record<string, string>> = {
  ENOSPC: FULL,
  EDQUOT: "the quota is used up",
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: "the disk is read-only",
  ENOTDIR: IN_THE_WAY,
  EEXIST: IN_THE_WAY,
  EISDIR: IN_THE_WAY,
  ENAMETOOLONG: TOO_LONG,
  ENOTSUP: TAKES_NONE,
};

/** The next try may succeed: the exit code is 1. */
const FAILURES: Readonly<Record<string, readonly [string, string]>> = {
  EIO: ["the disk reports a fault", "if it happens again, check the disk"],
  ESTALE: ["the network disk has lost the file", "look at its connection"],
  EMFILE: ["too many files are open", "raise the limit: ulimit -n 4096"],
  ENFILE: ["too many files are open", "close other programs"],
};

/**
 * An error of the file system with what to do about it; any other error, and
 * one that has been explained, as it is.
 */
export function explainRefusal(
  error: unknown,
  { what, folder, elsewhere = 'with "outputs"' }: RefusalOptions,
): unknown {
  const code = codeOf(error) ?? "";
  const refusal = REFUSALS[code];
  if (refusal !== undefined) {
    return new UserError(messageFor(error, { what, folder, why: refusal }), {
      hint: `${remedy(refusal, elsewhere)}; all that was complete is kept`,
      cause: error,
    });
  }
  const failure = FAILURES[code];
  if (failure === undefined) return error;
  const [why, mend] = failure;
  return new RunError(messageFor(error, { what, folder, why }), {
    hint: `Run again, all that was complete is kept; ${mend}`,
    cause: error,
  });
}

function remedy(refusal: string, elsewhere: string): string {
  if (refusal === TOO_LONG) {
    return `Set a folder with a shorter path ${elsewhere}`;
  }
  if (refusal === TAKES_NONE) return `Set another folder ${elsewhere}`;
  const mend = [FULL, REFUSALS.EDQUOT].includes(refusal)
    ? "Free some space there"
    : refusal === IN_THE_WAY
    ? "Move it away"
    : "Give yourself the right to read and write there";
  return `${mend}, or set another folder ${elsewhere}`;
}

/** Does what a store in `folder` is asked for; a refusal is explained. */
export type Explained = <T>(
  doing: "read" | "write to",
  work: () => Promise<T>,
) => Promise<T>;

/** How a person is told of a store in a folder. */
export interface StoreNames {
  /** Default `the store`. */
  readonly store?: string;
  /** How another folder is set; default by what has set this one. */
  readonly elsewhere?: string;
}

/** {@link Explained} for the store in `folder`. */
export function explainedIn(
  folder: string,
  { store = "the store", ...names }: StoreNames = {},
): Explained {
  return async (doing, work) => {
    try {
      return await work();
    } catch (error) {
      const what = `Cannot ${doing} ${store}`;
      const elsewhere = names.elsewhere ?? storeSetting(folder);
      throw explainRefusal(error, { elsewhere, what, folder });
    }
  };
}

function messageFor(
  error: unknown,
  { what, folder, why }: {
    readonly what: string;
    readonly folder: string;
    readonly why: string;
  },
): string {
  return `${what} in "${folder}": ${why} (${messageOf(error)})`;
}
