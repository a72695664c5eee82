/**
 * New priors from the template in `plugins/_template/`: real files, with the
 * name put in.
 *
 * @module
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { commandLine } from "../../lib/command_line.ts";
import { UserError } from "../../lib/errors.ts";
import { makeFolder } from "../../lib/make_folder.ts";
import { builtIns } from "./built_in.ts";
import { priorKind } from "./kinds.ts";

/** A file to be written. */
export interface NewFile {
  /** From the folder that it goes to. */
  readonly path: string;
  readonly text: string;
}

const TEMPLATE = new URL("../../../plugins/_template/", import.meta.url);
const MANIFEST = new URL("../../../package.json", import.meta.url);

/** Files of a prior by itself: plugin, test, page. */
const PRIOR = ["my_prior.ts", "my_prior.test.ts", "my_prior.md"];
/** Files of a package: plugin, test, and the package's own. */
const PACKAGE = [
  "my_prior.ts",
  "my_prior.test.ts",
  "package/package.json",
  "package/README.md",
  "package/tsconfig.json",
  "package/vitest.config.ts",
];

/**
 * The files of a new prior called `name`.
 *
 * @throws {UserError} where that is no name, or one of `plugins/`.
 */
export function newPrior(name: string): readonly NewFile[] {
  checkName(name);
  return PRIOR.map((file) => fill(file, name, commandLine));
}

/**
 * The files of a new npm package `vae-prior-<name>` with a prior called `name`,
 * in a folder of the package's name.
 *
 * @throws {UserError} where that is no name, or one of `plugins/`.
 */
export function newPackage(name: string): readonly NewFile[] {
  checkName(name);
  return PACKAGE.map((file) => {
    // Where the package is developed, the program is installed beside it.
    const { path, text } = fill(
      file,
      name,
      (words) => `npx vae-priors ${words}`,
    );
    const place = path.replace(/^package\//, "");
    return {
      path: join(`vae-prior-${name}`, place),
      text: place === "package.json" ? withVersions(text) : text,
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

function checkName(name: string): void {
  if (!/^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/.test(name)) {
    const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    const near = words.join("_").replace(/^[0-9_]+/, "");
    throw new UserError(
      `Cannot make a prior "${name}": want lower-case letters and digits, words joined by "_" or "-"`,
      near === "" ? {} : { hint: `For instance "${near}"` },
    );
  }
  const file = fileName(name);
  const known = builtIns(priorKind).find((prior) => prior.name === file);
  if (known === undefined) return;
  throw new UserError(
    `Cannot make a prior "${name}": plugins/ has one of that name`,
    {
      hint: `Choose another name; what that one can do says: ${
        commandLine("list")
      }, or plugins/${file}.ts`,
    },
  );
}

/**
 * A file of the template for a prior called `name`; files have no "-". Commands
 * are written as they are typed there.
 */
function fill(
  file: string,
  name: string,
  typed: (words: string) => string,
): NewFile {
  const words = name.split(/[_-]/);
  const pascal = words.map((word) =>
    word.charAt(0).toUpperCase() + word.slice(1)
  )
    .join("");
  const text = readFileSync(new URL(file, TEMPLATE), "utf8")
    .replaceAll(
      /^( \* +)?vae-priors (check .*)$/gm,
      (_, start = "", words: string) => start + typed(words),
    )
    .replaceAll(/my_prior(?=\.(?:ts|md|test))/g, fileName(name))
    .replaceAll("my_prior", name)
    .replaceAll("MyPrior", pascal)
    .replaceAll("myPrior", pascal.charAt(0).toLowerCase() + pascal.slice(1));
  return { path: file.replace("my_prior", fileName(name)), text };
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
