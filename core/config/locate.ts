/**
 * The modules that a config names by a string.
 *
 * @module
 */

import { isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../lib/errors.ts";
import { groupBy } from "../lib/group_by.ts";
import { nearest, quoteAll, withArticle } from "../lib/suggest.ts";
import { packageEntry } from "../load/package_entry.ts";

/** Where a name stands. */
export interface NamePlace {
  /** For messages: `priors[1]`. */
  readonly where: string;
  /** Folder that paths and packages are looked for from. */
  readonly baseDirectory: string;
}

/** A module that comes with the project. */
interface BuiltInModule {
  readonly name: string;
  readonly url: string;
  /** Where it lies, `plugins/networks`; for messages. */
  readonly folder: string;
}

/** What is named. */
export interface ModuleKind {
  /** For messages: `prior`. */
  readonly what: string;
  /** Those that come with the project, which go by their names; default none. */
  readonly builtIn?: readonly BuiltInModule[];
  /** Beginnings of a package's name that may be left out; default none. */
  readonly prefixes?: readonly string[];
}

/**
 * URL of the module that a string names: a path, one of `plugins/`, or an npm
 * package.
 *
 * @throws {UserError} where there is none of that name.
 */
export function locateModule(
  name: string,
  { where, baseDirectory }: NamePlace,
  { what, builtIn = [], prefixes = [] }: ModuleKind,
): string {
  if (name.startsWith("file:")) return name;
  if (/^\.{1,2}[\\/]/.test(name) || isAbsolute(name)) {
    return pathToFileURL(resolve(baseDirectory, name)).href;
  }
  const isWhole = /^[@.]/.test(name) ||
    prefixes.some((prefix) => name.startsWith(prefix));
  const packages = [
    name,
    ...(isWhole ? [] : prefixes.map((prefix) => prefix + name)),
  ];
  const own = builtIn.find((one) => one.name === name)?.url;
  if (own !== undefined) return own;
  for (const one of packages) {
    const url = packageEntry(one, baseDirectory);
    if (url !== undefined) return url;
  }
  const names = builtIn.map(({ name }) => name);
  const meant = nearest(name, names);
  const isFile = /\.[mc]?[jt]s$/.test(name);
  throw new UserError(
    `Cannot find ${what} "${name}" (${where}): ${
      names.length === 0 ? "" : `it is none of ${listFolders(builtIn)}, and `
    }no npm package of that name${
      packages.length === 1
        ? ""
        : `, or ${packages.slice(1).map((one) => `"${one}"`).join(" or ")},`
    } is installed for "${baseDirectory}"`,
    {
      hint: meant !== undefined
        ? `Did you mean "${meant}"?`
        : isFile
        ? `A file is written with "./": "./${name}"`
        : `${
          withArticle(what).replace("a", "A")
        } in a file is written with its path: "./${name}.ts"`,
    },
  );
}

/** `plugins/networks/ ("conv", "mlp") and plugins/objectives/ ("elbo")`. */
function listFolders(modules: readonly BuiltInModule[]): string {
  const folders = groupBy(modules, ({ folder }) => folder);
  return [...folders].map(([folder, those]) =>
    `${folder}/ (${quoteAll(those.map(({ name }) => name))})`
  ).join(" or ");
}
