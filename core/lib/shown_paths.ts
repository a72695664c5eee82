/**
 * Paths as they stand in reports, records and archives, which go to others:
 * from the project's folder, or by their names alone. What a message tells the
 * person at this machine has them whole.
 *
 * @module
 */

import { basename, isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const FILE_URL = /file:\/\/\/[^\s"'`)]+/g;
const QUOTED = /(["'`])((?:\/|[A-Za-z]:[\\/])[^"'`\n]*)\1/g;
/** Of two names at least; no URL, no `and/or`. */
const BARE =
  /(?<![\w:/.~\\-])(?:\/|[A-Za-z]:[\\/])[^\s"'`<>|,;:()]*[^\s"'`<>|,;:().\\/][\\/][^\s"'`<>|,;:()]*/g;

/** A path from the folder `base` where it lies in there, else its name; what is no absolute path as it is. */
export function shownPath(path: string, base: string): string {
  if (!isAbsolute(path)) return path;
  const way = relative(base, path);
  const isInside = way !== "" && way !== ".." && !way.startsWith(`..${sep}`) &&
    !isAbsolute(way);
  return isInside ? way.split(sep).join("/") : basename(path);
}

/** `text` with every absolute path in it as {@link shownPath} has it. */
export function hidePaths(text: string, base: string): string {
  const show = (path: string) => shownPath(path, base);
  return text
    .replace(FILE_URL, (url) => {
      try {
        return show(fileURLToPath(url));
      } catch {
        return url;
      }
    })
    .replace(QUOTED, (_, quote, path) => `${quote}${show(path)}${quote}`)
    // Known, it may have spaces.
    .replace(inFolder(base), (path) => show(path))
    .replace(BARE, show);
}

/** Finds the folder `base` and whatever of it is named after it up to a space. */
function inFolder(base: string): RegExp {
  const escaped = base.replaceAll(/[^\w]/g, "\\$&");
  return new RegExp(
    `(?<![\\w.~/\\\\-])${escaped}(?:[\\\\/][^\\s"'\`<>|,;:()]*|(?![\\w-]))`,
    "g",
  );
}
