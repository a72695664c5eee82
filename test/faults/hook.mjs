/**
 * Loaded before anything else of a process (`node --import`), it makes the
 * faults that `FAULT` describes: counts the calls to the file system below a
 * folder, and at the one asked for kills the process, returns an error, or
 * edits a file; and moves the clock.
 *
 * @module
 */

import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { sep } from "node:path";

/**
 * @typedef {object} Fault See `Fault` in `_fault.ts`.
 * @property {string} root
 * @property {"runner" | "worker" | "any"} role
 * @property {"write" | "read"} calls
 * @property {string} [only]
 * @property {string} fired
 * @property {string} [trace]
 * @property {number} [at]
 * @property {string} [action]
 * @property {boolean} [lasting]
 * @property {{ readonly from: string; readonly to: string }} [edit]
 * @property {number} [clockMs]
 */

/** @type {Fault} */
const fault = JSON.parse(process.env["FAULT"] ?? "null") ??
  { root: "", role: "any", calls: "write", fired: "" };
// Only the runner's children have a channel to their parent.
const role = process.send === undefined ? "runner" : "worker";
const isMine = fault.role === "any" || fault.role === role;

/** Calls that change something, by what their first arguments are. */
const WRITES = [
  "appendFile copyFile link mkdir mkdtemp rename rm rmdir symlink truncate",
  "unlink utimes writeFile",
].join(" ").split(" ");
const READS = "readFile readdir stat lstat readlink".split(" ");
/** What fails when a disk is full: there is room to take away and to move. */
const NEED_ROOM = "appendFile copyFile link mkdir open symlink write writeFile"
  .split(" ");

const original = { ...fs, promises: { ...fs.promises } };
let count = 0;

/**
 * Called before every call.
 *
 * @param {string} call `rename`
 * @param {unknown} path
 * @param {(() => void) | null} half Does half of what is asked for.
 */
function before(call, path, half) {
  const place = String(path);
  const isOurs = isMine && call.startsWith(fault.only ?? "") &&
    typeof path === "string" &&
    (place === fault.root || place.startsWith(fault.root + sep));
  if (!isOurs) return;
  count++;
  if (fault.trace !== undefined) {
    original.appendFileSync(fault.trace, `${role} ${count} ${call} ${place}\n`);
  }
  if (fault.at === undefined) return;
  const hasFired = original.existsSync(fault.fired);
  const now = !hasFired && count >= fault.at;
  if (!now && !(hasFired && fault.lasting === true)) return;
  act(call, { path: place, half: now ? half : null, now });
}

/**
 * @param {string} call
 * @param {{ path: string; half: (() => void) | null; now: boolean }} how
 */
function act(call, { path, half, now }) {
  const { action = "", edit, fired } = fault;
  const fires = () =>
    original.appendFileSync(fired, `${role} ${call} ${path}\n`);
  if (action === "edit") {
    if (!now || edit === undefined) return;
    fires();
    original.copyFileSync(edit.from, edit.to);
  } else if (action === "kill" || action === "kill half") {
    fires();
    if (action === "kill half") half?.();
    process.kill(process.pid, "SIGKILL");
    // The signal is on its way: nothing else may happen.
    for (;;);
  } else {
    if (action === "ENOSPC" && !NEED_ROOM.includes(call)) return;
    fires();
    if (action === "ENOSPC") half?.();
    throw Object.assign(
      new Error(`${action}: injected, ${call} '${path}'`),
      // What goes through an open file has no path in its error.
      { code: action, syscall: call, ...(call === "write" ? {} : { path }) },
    );
  }
}

/**
 * Half of a write to a file that is named or opened.
 *
 * @param {string | number} file
 * @param {unknown} data
 * @param {string} flag
 */
function writeHalf(file, data, flag) {
  const bytes = typeof data === "string"
    ? Buffer.from(data)
    : ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.alloc(0);
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  original.writeFileSync(file, half, { flag });
}

/**
 * @param {string} call
 * @param {unknown[]} args
 */
function halfOf(call, args) {
  const [path, data, options] = args;
  if (call !== "writeFile" && call !== "appendFile") return null;
  const flag = call === "appendFile"
    ? "a"
    // Appending is writing with a flag, inside of Node.
    : /** @type {{ flag?: string }} */ (options)?.flag ?? "w";
  return () => writeHalf(/** @type {string} */ (path), data, flag);
}

/** @param {string} call @param {unknown[]} args */
function pathIn(call, args) {
  // What matters of these is where they put something.
  return call === "copyFile" || call === "symlink" ? args[1] : args[0];
}

/** @typedef {(...args: unknown[]) => unknown} Call */

/**
 * @param {Record<string, Call>} module
 * @param {string} name In `module`.
 * @param {string} call
 */
function wrap(module, name, call) {
  const isPromises = Object.is(module, fs.promises);
  const plain = module[name];
  if (plain === undefined) return;
  module[name] = function (...args) {
    const callback = args.at(-1);
    try {
      before(call, pathIn(call, args), halfOf(call, args));
    } catch (error) {
      if (isPromises) return Promise.reject(error);
      if (name.endsWith("Sync") || typeof callback !== "function") throw error;
      process.nextTick(callback, error);
      return undefined;
    }
    return plain.apply(this, args);
  };
}

/** Opened for writing, or for waiting until the disk has it. */
function wrapFiles() {
  const paths = new WeakMap();
  const { open } = original.promises;
  let areHandlesWrapped = false;
  fs.promises.open = async (path, flags, mode) => {
    const writes = String(flags ?? "r") !== "r";
    if (writes === (fault.calls === "write")) before("open", path, null);
    const handle = await open(path, flags, mode);
    paths.set(handle, path);
    if (!areHandlesWrapped) wrapHandles(Object.getPrototypeOf(handle), paths);
    areHandlesWrapped = true;
    return handle;
  };
}

/**
 * @param {Record<string, Call>} proto
 * @param {WeakMap<object, string>} paths
 */
function wrapHandles(proto, paths) {
  if (fault.calls !== "write") return;
  for (const name of ["write", "writeFile", "sync"]) {
    const plain = /** @type {Call} */ (proto[name]);
    proto[name] = async function (...args) {
      const { fd } =
        /** @type {{ fd: number }} */ (/** @type {unknown} */ (this));
      const path = /** @type {string} */ (paths.get(this));
      if (name === "sync") {
        const isFolder = original.fstatSync(fd).isDirectory();
        before(isFolder ? "sync folder" : "sync file", path, null);
      } else before("write", path, () => writeHalf(fd, args[0], "w"));
      return await plain.apply(this, args);
    };
  }
}

function wrapClock() {
  const { clockMs } = fault;
  if (clockMs === undefined || !isMine) return;
  const now = () => RealDate.now() + clockMs;
  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, made) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, made),
    get: (target, name) => name === "now" ? now : Reflect.get(target, name),
  });
}

if (fault.root !== "") {
  const [plain, promises] =
    /** @type {[Record<string, Call>, Record<string, Call>]} */ (
      /** @type {unknown} */ ([fs, fs.promises])
    );
  for (const call of fault.calls === "write" ? WRITES : READS) {
    wrap(plain, call, call);
    wrap(plain, `${call}Sync`, call);
    wrap(promises, call, call);
  }
  wrapFiles();
  wrapClock();
  syncBuiltinESMExports();
}
