/**
 * The templates in `plugins/_template/`: real files, with the name put in.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { MANIFEST } from "../../lib/extension.ts";
import type { PluginKind } from "./kind.ts";

/** A file to be written. */
export interface NewFile {
  /** From the folder that it goes to. */
  readonly path: string;
  readonly text: string;
}

const TEMPLATE = new URL("../../../plugins/_template/", import.meta.url);

/**
 * A file of the templates for a plugin called `name`. Commands are written as they
 * are typed there.
 */
export function fill(
  file: string,
  { kind: { name: kind }, name }: {
    readonly kind: PluginKind;
    readonly name: string;
  },
  typed: (words: string) => string,
): NewFile {
  const pascalOf = (words: string) =>
    words.split(/[_-]/).map((word) =>
      word.charAt(0).toUpperCase() + word.slice(1)
    ).join("");
  const pascal = pascalOf(name);
  const placed = `my_${kind}`;
  const text = readFileSync(new URL(file, TEMPLATE), "utf8")
    .replaceAll("KIND", kind)
    .replaceAll(
      /^( \* +)?vae-priors (check .*)$/gm,
      (_, start = "", words: string) => start + typed(words),
    )
    .replaceAll(
      new RegExp(`${placed}(?=\\.(?:ts|js|d|md|test))`, "g"),
      fileName(name),
    )
    .replaceAll(placed, name)
    .replaceAll(pascalOf(placed), pascal)
    .replaceAll(
      `my${pascalOf(kind)}`,
      pascal.charAt(0).toLowerCase() + pascal.slice(1),
    );
  return {
    path: placeOf(basename(file)).replace(placed, fileName(name)),
    text,
  };
}

/** Files have no "-" in their names. */
export function fileName(name: string): string {
  return name.replaceAll("-", "_");
}

/** A manifest with the project's own versions in place of `*`. */
export function withVersions(text: string): string {
  const { version, devDependencies } = JSON.parse(
    readFileSync(MANIFEST, "utf8"),
  ) as { version: string; devDependencies: Record<string, string> };
  const versions: Readonly<Record<string, string>> = {
    ...devDependencies,
    "vae-priors": `^${version}`,
  };
  return text.replaceAll(
    /"([^"]+)": "\*"/g,
    (_, name: string) => `"${name}": "${versions[name]}"`,
  );
}

/** A package.json in a package means something else to npm, and so does a .gitignore. */
function placeOf(file: string): string {
  return file === "manifest.json"
    ? "package.json"
    : file === "gitignore"
    ? ".gitignore"
    : file;
}
