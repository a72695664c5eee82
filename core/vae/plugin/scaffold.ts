/**
 * New plugins from the templates in `plugins/_template/`: real files, with the
 * name put in.
 *
 * @module
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { commandLine } from "../../lib/command_line.ts";
import { withArticle } from "../../lib/suggest.ts";
import { UserError } from "../../lib/errors.ts";
import { makeFolder } from "../../lib/make_folder.ts";
import { builtIns } from "./built_in.ts";
import type { PluginKind } from "./kind.ts";

/** A file to be written. */
export interface NewFile {
  /** From the folder that it goes to. */
  readonly path: string;
  readonly text: string;
}

const TEMPLATE = new URL("../../../plugins/_template/", import.meta.url);
const MANIFEST = new URL("../../../package.json", import.meta.url);

/**
 * The files of a new plugin called `name`: itself, its test, its page.
 *
 * @throws {UserError} where that is no name, or one of those that come with the
 * project.
 */
export function newPlugin(kind: PluginKind, name: string): readonly NewFile[] {
  checkName(kind, name);
  return ["ts", "test.ts", "md"].map((end) =>
    fill(`${kind.name}/my_${kind.name}.${end}`, { kind, name }, commandLine)
  );
}

/**
 * The files of a new npm package `vae-prior-<name>`, or of another kind, with a
 * plugin called `name`, in a folder of the package's name.
 *
 * @throws {UserError} where that is no name, or one of those that come with the
 * project.
 */
export function newPackage(
  kind: PluginKind,
  name: string,
): readonly NewFile[] {
  checkName(kind, name);
  const plugin = `${kind.name}/my_${kind.name}`;
  const files = [
    `${plugin}.ts`,
    `${plugin}.test.ts`,
    "package/package.json",
    `${kind.name}/README.md`,
    "package/tsconfig.json",
    "package/vitest.config.ts",
  ];
  return files.map((file) => {
    // Where the package is developed, the program is installed beside it.
    const { path, text } = fill(
      file,
      { kind, name },
      (words) => `npx vae-priors ${words}`,
    );
    return {
      path: join(`vae-${kind.name}-${name}`, path),
      text: path === "package.json" ? withVersions(text) : text,
    };
  });
}

/**
 * Writes `files` into `directory`, which is made where it is missing.
 *
 * @throws {UserError} where one of them is there already; then none is written.
 */
export async function writeNew(
  files: readonly NewFile[],
  directory: string,
): Promise<void> {
  const paths = files.map(({ path }) => join(directory, path));
  const there = paths.filter((path) => existsSync(path));
  if (there.length > 0) {
    throw new UserError(
      `Cannot make "${there.join('", "')}": ${
        there.length === 1 ? "the file is" : "these files are"
      } there already`,
      { hint: "Choose another name, or another --directory" },
    );
  }
  for (const [i, { text }] of files.entries()) {
    await makeFolder(dirname(paths[i]!));
    writeFileSync(paths[i]!, text, { flag: "wx" });
  }
}

function checkName(kind: PluginKind, name: string): void {
  const action = `Cannot make ${withArticle(kind.name)} "${name}"`;
  if (!/^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/.test(name)) {
    const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    const near = words.join("_").replace(/^[0-9_]+/, "");
    throw new UserError(
      `${action}: want lower-case letters and digits, words joined by "_" or "-"`,
      near === "" ? {} : { hint: `For instance "${near}"` },
    );
  }
  const file = fileName(name);
  const known = builtIns(kind).find(({ name }) => name === file);
  if (known === undefined) return;
  const folder = kind.folder;
  throw new UserError(`${action}: ${folder}/ has one of that name`, {
    hint: `Choose another name; what that one can do says: ${
      commandLine(`list ${kind.plural}`)
    }, or ${folder}/${file}.ts`,
  });
}

/**
 * A file of the template for a plugin called `name`; files have no "-". Commands
 * are written as they are typed there.
 */
function fill(
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
      new RegExp(`${placed}(?=\\.(?:ts|md|test))`, "g"),
      fileName(name),
    )
    .replaceAll(placed, name)
    .replaceAll(pascalOf(placed), pascal)
    .replaceAll(
      `my${pascalOf(kind)}`,
      pascal.charAt(0).toLowerCase() + pascal.slice(1),
    );
  return { path: basename(file).replace(placed, fileName(name)), text };
}

function fileName(name: string): string {
  return name.replaceAll("-", "_");
}

/** The project's own versions in place of `*`. */
function withVersions(text: string): string {
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
