/**
 * New plugins from the templates in `plugins/_template/`: real files, with the
 * name put in.
 *
 * @module
 */

import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { commandLine } from "../../lib/command_line.ts";
import { withArticle } from "../../lib/suggest.ts";
import { UserError } from "../../lib/errors.ts";
import { makeFolder } from "../../lib/make_folder.ts";
import { builtIns } from "./built_in.ts";
import type { PluginKind } from "./kind.ts";
import { fileName, fill, type NewFile, withVersions } from "./template.ts";

/**
 * The files of a new plugin called `name`: itself, its test, its page; `typed` says
 * how a command is typed there.
 *
 * @throws {UserError} where that is no name, or one of those that come with the
 * project.
 */
export function newPlugin(
  kind: PluginKind,
  name: string,
  typed: (words: string) => string = commandLine,
): readonly NewFile[] {
  checkName(kind, name);
  return ["ts", "test.ts", "md"].map((end) =>
    fill(`${kind.name}/my_${kind.name}.${end}`, { kind, name }, typed)
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
    "package/manifest.json",
    `${kind.name}/README.md`,
    "package/tsconfig.json",
    "package/tsconfig.build.json",
    "package/gitignore",
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
      text: withVersions(text),
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
