/** Which modules are loaded with those that everybody imports. */

import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const STORE = resolve(import.meta.dirname, "../../core/store");
/** A call of `import` loads when it is made, and is none of these. */
const STATEMENT = /^(?:import|export)\b[^;]*?\bfrom "(\.[^"]+)"/gm;

/** All that a module imports, over others and of types, too. */
function reachedFrom(
  file: string,
  seen = new Set<string>(),
): ReadonlySet<string> {
  for (const [, path] of readFileSync(file, "utf8").matchAll(STATEMENT)) {
    const next = resolve(dirname(file), path!);
    if (!seen.has(next)) reachedFrom(next, seen.add(next));
  }
  return seen;
}

test.each(["store.ts", "open.ts"])(
  "%s comes without any kind of store",
  (name) => {
    const kinds = [...reachedFrom(join(STORE, name))]
      .map((path) => relative(STORE, path))
      .filter((path) => /^(?:folder|remote|s3)\//.test(path));
    expect(kinds).toEqual([]);
  },
);
