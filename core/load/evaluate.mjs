/**
 * Evaluates the bundle, with what V8 has compiled of it kept beside it: parsing
 * a megabyte of code takes longer than most commands.
 *
 * @module
 */

import { isAscii } from "node:buffer";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";

/**
 * Evaluates a file as `require` does, and gives what it exports. In the file,
 * `__import` stands for `import`, which such a script has not got: `load`.
 *
 * @param {string} file
 * @param {(specifier: string) => Promise<any>} [load]
 * @returns {any}
 */
export function evaluate(file, load = (specifier) => import(specifier)) {
  const cacheFile = `${file}.v8`;
  const cachedData = recall(cacheFile);
  const script = new Script(
    `(function (exports, require, module, __filename, __import) {${
      read(file)
    }\n})`,
    { filename: file, ...(cachedData === null ? {} : { cachedData }) },
  );
  const isKept = cachedData !== null && script.cachedDataRejected !== true;
  // A worker's share of the code is not that of a command.
  if (!isKept && process.send === undefined) {
    const flags = flagsIn(script.createCachedData()).slice();
    process.once("exit", () => keep(cacheFile, script, flags));
  }
  const module = { exports: {} };
  script.runInThisContext()(
    module.exports,
    createRequire(file),
    module,
    file,
    load,
  );
  return module.exports;
}

/**
 * Node decodes UTF-8 at a megabyte in four milliseconds, where ASCII is copied.
 *
 * @param {string} file
 */
function read(file) {
  const bytes = readFileSync(file);
  return bytes.toString(isAscii(bytes) ? "latin1" : "utf8");
}

/**
 * Keeps the functions that were needed this time, followed by a checksum: V8
 * looks at the length alone, and ends the process where the rest is damaged.
 *
 * @param {string} cacheFile
 * @param {Script} script
 * @param {Uint8Array} flags Those that a process starts with.
 */
function keep(cacheFile, script, flags) {
  // In another container another process may have this one's number.
  const draft = `${cacheFile}.${process.pid}.${process.hrtime.bigint()}`;
  try {
    const data = script.createCachedData();
    flagsIn(data).set(flags);
    writeFileSync(draft, Buffer.concat([data, checksum(data)]));
    renameSync(draft, cacheFile);
  } catch {
    // It only saves time.
  }
}

/**
 * V8's flags, as a number after those of its format, its version and the
 * source: it refuses what was kept under others. Those that are set here in
 * mid-run are of WebAssembly, and change nothing of what it made of JavaScript.
 *
 * @param {Buffer} data
 */
function flagsIn(data) {
  return data.subarray(12, 16);
}

/**
 * @param {string} cacheFile
 * @returns {Buffer | null}
 */
function recall(cacheFile) {
  try {
    const bytes = readFileSync(cacheFile);
    const data = bytes.subarray(0, -4);
    return checksum(data).equals(bytes.subarray(-4)) ? data : null;
  } catch {
    return null;
  }
}

/** @param {Buffer} data */
function checksum(data) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(crc32(data));
  return bytes;
}
