/**
 * Copies of modules that are not the core's (a config, a plugin): compiled with
 * all they import into one file, which takes the core's modules from the
 * bundle. Importing it needs no loader, and so takes next to no time.
 *
 * @module
 */

import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { OnResolveResult, Plugin } from "esbuild";
import { messageOf } from "../lib/errors.ts";
import { EXPORTS } from "./resolve_hook.ts";
import { sha256 } from "../lib/files.ts";
import { type Kept, recall } from "./kept.mjs";
import { YOUNG_MS } from "./marks.mjs";
import {
  bundleFile,
  isOwnModule,
  type Namespace,
  ownModule,
} from "./modules.ts";
import { SourcesNeeded } from "./sources_needed.ts";

/** What a copy is: its module, as a function of the core's modules by URL. */
type Copy = (own: (url: string) => Namespace | undefined) => Namespace;

const require = createRequire(import.meta.url);
/** By path: a process evaluates a module once. */
const imported = new Map<string, Promise<Namespace>>();

/**
 * Imports a copy of the module at the absolute path `path`, links resolved. It
 * is made where there is none, or where a file of it has changed.
 *
 * @throws {SourcesNeeded} where a copy cannot be made, or would not do the same.
 */
export function importCopy(path: string): Promise<Namespace> {
  const module = imported.get(path) ?? evaluate(path);
  imported.set(path, module);
  return module;
}

/**
 * Makes that copy, where there is none, and evaluates nothing.
 *
 * @throws {SourcesNeeded} where it cannot be made.
 */
export async function prepareCopy(path: string): Promise<void> {
  await findCopy(path);
}

async function evaluate(path: string): Promise<Namespace> {
  const { code, needs } = await findCopy(path);
  const own = new Map<string, Namespace>();
  for (const url of needs) own.set(url, await ownModule(url));
  return load(code)((url) => own.get(url));
}

/** Evaluates nothing of the module yet. */
function load(code: string): Copy {
  try {
    return require(code);
  } catch (cause) {
    const problem = "another process has just replaced it";
    throw new SourcesNeeded(`Cannot read "${code}": ${problem}`, { cause });
  }
}

async function findCopy(path: string): Promise<Kept> {
  const bundle = bundleFile()!;
  const name = sha256(path).slice(0, 16);
  const record = join(dirname(bundle), "copies", `${name}.json`);
  const known = recall(record, bundle);
  if (known !== null) return known;
  let problem = "it has changed only just now";
  try {
    const { compile } = await import("./compile.mjs");
    // What is young at the first try is not at the second, and to wait for that
    // takes less time than the sources.
    for (const wait of [0, YOUNG_MS]) {
      await delay(wait);
      const needs: string[] = [];
      const kept = await compile(record, {
        made: bundle,
        needs,
        refuse,
        entry: { ...WRAPPER, entryPoints: [path], plugins: [imports(needs)] },
      });
      if (kept !== null) return kept;
    }
  } catch (error) {
    problem = messageOf(error);
  }
  throw new SourcesNeeded(`Cannot make a copy of "${path}": ${problem}`);
}

/** Makes the file that is compiled a {@link Copy}. */
const WRAPPER = {
  banner: {
    js: '"use strict"; module.exports = (own) => { const module = {};',
  },
  footer: { js: "return module.exports; };" },
};

/** What means something else in a file that lies elsewhere and is no ES module. */
const UNSUITABLE =
  /\bimport\s*\(\s*[^\s"']|\bimport\.meta\b(?!\.url\b)|\brequire\s*[.(]|\b__(?:file|dir)name\b|\bexports\s*[.[=]/;

function refuse(path: string, text: string): string | undefined {
  if (path.endsWith(".json")) return undefined;
  return /\.m?[jt]s$/.test(path) && !UNSUITABLE.test(text)
    ? undefined
    : `"${path}" is no plain ES module`;
}

/**
 * Leaves the core's modules to the bundle, with their URLs in `needs`, and
 * takes other files as they are. Packages are refused: Node finds them, and
 * some of their files, by where it reads them.
 */
function imports(needs: string[]): Plugin {
  return {
    name: "imports",
    setup(build) {
      build.onResolve({ filter: /(?:)/ }, async (args) => {
        const { path, kind, importer, resolveDir } = args;
        if (kind === "entry-point" || args.pluginData === ASKED) {
          return undefined;
        }
        if (isBuiltin(path)) return { path, external: true };
        const url = EXPORTS[path];
        if (url !== undefined) return ownOrFile(fileURLToPath(url));
        if (!/^\.{0,2}\//.test(path)) {
          return { errors: [{ text: `it imports "${path}"` }] };
        }
        const pluginData = ASKED;
        const options = { kind, importer, resolveDir, pluginData };
        const found = await build.resolve(path, options);
        return found.errors.length > 0
          ? { errors: found.errors }
          : ownOrFile(found.path);
      });
      build.onLoad({ filter: /(?:)/, namespace: OWN }, async ({ path }) => {
        needs.push(path);
        return { contents: exportsOf(path, await ownModule(path)) };
      });
    },
  };
}

/** Namespace of the modules that are left to the bundle. */
const OWN = "own";
/** Marks what the plugin itself asks. */
const ASKED = Symbol("asked");

function ownOrFile(path: string): OnResolveResult {
  const url = pathToFileURL(path).href;
  return isOwnModule(url) ? { path: url, namespace: OWN } : { path };
}

/** The source of a module that has what `namespace` has. */
function exportsOf(url: string, namespace: Namespace): string {
  const constants = Object.keys(namespace).map((name) =>
    name === "default"
      ? "export default __own.default;"
      : `export const ${name} = __own.${name};`
  );
  return [`const __own = own(${JSON.stringify(url)});`, ...constants].join(
    "\n",
  );
}
