/**
 * Stack traces of compiled code in terms of its sources, put together only
 * when one is looked at: Node's own source maps cost every start.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";

/**
 * Shows the places of code in `folder` as those of its sources.
 *
 * @param {string} folder
 * @returns {() => void} Undoes it.
 */
export function mapStackTraces(folder) {
  /** @type {Map<string, SourceMap | null>} */
  const maps = new Map();
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, frames) => {
    const lines = frames.map((frame) => {
      const file = frame.getFileName();
      if (!file?.startsWith(folder)) return `    at ${frame}`;
      if (!maps.has(file)) maps.set(file, readMap(file));
      const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
      const found = maps.get(file)?.findEntry(
        (line ?? 1) - 1,
        (column ?? 1) - 1,
      );
      if (found === undefined || !("originalSource" in found)) {
        return `    at ${frame}`;
      }
      const source = resolve(dirname(file), found.originalSource);
      const place = `${source}:${found.originalLine + 1}:${
        found.originalColumn + 1
      }`;
      return `    at ${
        String(frame).replace(`${file}:${line}:${column}`, place)
      }`;
    });
    return [String(error), ...lines].join("\n");
  };
  return () => {
    Error.prepareStackTrace = before;
  };
}

/**
 * @param {string} file
 * @returns {SourceMap | null}
 */
function readMap(file) {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, "utf8")));
  } catch {
    // Without it, places are those of the compiled code.
    return null;
  }
}
