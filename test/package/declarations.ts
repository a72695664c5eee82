/** Which declarations others need. @module */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const IMPORTED =
  /\b(?:from |import\(|import |module )"(\.{1,2}\/[^"]+)\.(m?)js"/g;

/** Paths of the declarations `entries`, and of all that they import. */
export function reachable(entries: readonly string[]): ReadonlySet<string> {
  const found = new Set(entries);
  // A set may grow while it is walked.
  for (const path of found) {
    const text = readFileSync(path, "utf8");
    for (const [, place = "", kind = ""] of text.matchAll(IMPORTED)) {
      const other = join(dirname(path), `${place}.d.${kind}ts`);
      // Examples in comments name what is not there.
      if (existsSync(other)) found.add(other);
    }
  }
  return found;
}
