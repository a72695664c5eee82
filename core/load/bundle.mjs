/**
 * The bundle: all modules of `core/` and `datasets/` in one file, each of which
 * comes to life when it is imported, with the packages that they import.
 * Packages that are imported by a call stay where they are.
 *
 * @module
 */

import { readdirSync } from "node:fs";
import { isBuiltin } from "node:module";
import { isAbsolute, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compile } from "./compile.mjs";
import { settledMarks } from "./marks.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Makes the bundle, which exports `load`: from the URL of a module's source to
 * the module.
 *
 * @param {string} record
 * @param {string} made
 * @param {string} extension What modules end in.
 * @returns See `compile`.
 */
export async function makeBundle(record, made, extension) {
  const paths = modules(extension);
  // Else it would be made in vain, time and again.
  if (settledMarks(paths, Date.now()) === null) return null;
  return await compile(record, {
    made,
    // See `evaluate`.
    edit: (code) => toAscii(code.replaceAll(/\bimport\((?=")/g, "__import(")),
    entry: {
      stdin: {
        contents: entry(paths, extension),
        resolveDir: ROOT,
        sourcefile: "start:entry",
      },
      plugins: [packages],
    },
  });
}

/**
 * With escapes for all other characters, which esbuild leaves in templates and
 * comments: ASCII is read in a tenth of the time, and V8 keeps it in half the
 * memory. Left as it is where a template's raw text would show the difference.
 *
 * @param {string} code
 */
function toAscii(code) {
  if (/\braw`[^`]*[^\0-\x7f]/.test(code)) return code;
  return code.replaceAll(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * Paths of all modules of `core/` and `datasets/`.
 *
 * @param {string} extension
 */
function modules(extension) {
  return ["core", "datasets"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { encoding: "utf8", recursive: true })
      .filter((file) => file.endsWith(extension) && !file.endsWith(".d.ts"))
      .map((file) => join(ROOT, folder, file))
  );
}

/**
 * @param {readonly string[]} paths
 * @param {string} extension
 */
function entry(paths, extension) {
  const modules = paths.map((path) => {
    const url = JSON.stringify(pathToFileURL(path).href);
    return `[${url}, () => import(${JSON.stringify(path)})]`;
  });
  return `
    import { provideModules } from "./core/load/modules${extension}";
    const modules = new Map([${modules.join(",\n")}]);
    provideModules(modules, __filename);
    export const load = (url) => modules.get(url)();
  `;
}

/** Of hundreds of modules each, which Node takes most of a second to load one by one. */
const TAKEN = ["@observablehq/plot", "linkedom/worker"];

/** @type {import("esbuild").Plugin} */
const packages = {
  name: "packages",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, ...args }) => {
      if (kind !== "dynamic-import" || isBuiltin(path)) return undefined;
      if (isAbsolute(path)) return undefined;
      if (args.pluginData === "asked") return undefined;
      if (TAKEN.includes(path)) return undefined;
      const found = await resolve(path, { ...args, kind, pluginData: "asked" });
      // What is installed for development alone may be missing.
      return found.errors.length > 0
        ? { path, external: true }
        : { path: pathToFileURL(found.path).href, external: true };
    });
  },
};
