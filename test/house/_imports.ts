/**
 * What imports what, types and calls of `import` among it, as deno reads it.
 *
 * @module
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** One import of a file of ours by another, paths from the root. */
export interface Import {
  readonly from: string;
  readonly to: string;
  /** As the file writes it. */
  readonly specifier: string;
}

interface Graph {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly specifier: string;
      readonly code?: { readonly specifier?: string };
      readonly type?: { readonly specifier?: string };
    }[];
  }[];
}

/** Every import between files of `core/`, `plugins/` and `datasets/`. */
export function readImports(): readonly Import[] {
  const folder = mkdtempSync(join(tmpdir(), "imports-"));
  try {
    const entry = join(folder, "all.ts");
    const files = ["core", "plugins", "datasets"].flatMap((room) =>
      readdirSync(join(ROOT, room), { encoding: "utf8", recursive: true })
        .filter((file) => /\.(?:ts|mjs)$/.test(file))
        .map((file) => join(room, file))
    );
    writeFileSync(
      entry,
      files.map((file) =>
        `import ${JSON.stringify(pathToFileURL(join(ROOT, file)).href)};`
      ).join("\n"),
    );
    const deno = join(ROOT, "node_modules/deno/bin.cjs");
    const words = ["info", "--json", "--no-remote", "--config", ".deno.json"];
    const text = execFileSync(process.execPath, [deno, ...words, entry], {
      cwd: ROOT,
      encoding: "utf8",
      maxBuffer: 100e6,
    });
    return (JSON.parse(text) as Graph).modules.flatMap(edgesOf);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function edgesOf(
  { specifier, dependencies = [] }: Graph["modules"][number],
): readonly Import[] {
  const from = ownPath(specifier);
  if (from === null) return [];
  return dependencies.flatMap((one) => {
    const found = new Set([one.code?.specifier, one.type?.specifier]);
    return [...found].flatMap((url) => {
      const to = url === undefined ? null : ownPath(url);
      return to === null ? [] : [{ from, to, specifier: one.specifier }];
    });
  });
}

function ownPath(url: string): string | null {
  if (!url.startsWith("file:")) return null;
  const path = relative(ROOT, fileURLToPath(url)).replaceAll("\\", "/");
  return /^(?:core|plugins|datasets)\//.test(path) ? path : null;
}
