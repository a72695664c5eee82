/**
 * Faults, as `hook.mjs` makes them in a process.
 *
 * @module
 */

/** What happens at a call to the file system. */
export type FaultAction =
  /** SIGKILL instead of the call. */
  | "kill"
  /** SIGKILL in the middle of it, where it writes; else as `kill`. */
  | "kill half"
  /** A file is edited before it. */
  | "edit"
  /** The call fails with this code. */
  | "ENOSPC"
  | "EIO"
  | "EACCES"
  | "EROFS"
  | "EMFILE"
  | "EINVAL"
  | "EBADF"
  | "EPROTO"
  | "ENOTSUP"
  | "EOPNOTSUPP";

/** One fault of a process and its children. */
export interface Fault {
  /** Calls below this folder count. */
  readonly root: string;
  /** Whose calls count. */
  readonly role: "runner" | "worker" | "any";
  /** Which calls count. */
  readonly calls: "write" | "read";
  /** Of these, only calls that begin so: `sync`, `sync folder`. */
  readonly only?: string;
  /** Appears when the fault happens, with word of the call; it happens once. */
  readonly fired: string;
  /** Gets a line for each call. */
  readonly trace?: string;
  /** Number of the call, from 1; undefined: none. */
  readonly at?: number;
  readonly action?: FaultAction;
  /** All later calls fail, too: a full disk, a folder that cannot be written. */
  readonly lasting?: boolean;
  /** The file at `to` becomes that at `from`. */
  readonly edit?: { readonly from: string; readonly to: string };
  /** The processes' clock goes ahead by this, or back. */
  readonly clockMs?: number;
}

/** What a case says of its fault; the project knows the rest. */
export type FaultOptions = Partial<Omit<Fault, "root" | "fired">>;
