/**
 * Compiles a module with all it imports into one file, and keeps it.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { areCurrent, markReader, settledMarks } from "./marks.mjs";

/** So old a draft is nobody's any more. */
const DRAFT_MS = 600_000;
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * @typedef {object} CompileOptions
 * @property {string} made As in `Kept`.
 * @property {readonly string[]} [needs] As in `Kept`; read when all is compiled.
 * @property {(path: string, text: string) => string | undefined} [refuse] Why
 *   the text of a file is not to be compiled.
 * @property {(code: string) => string} [edit] Changes the compiled code.
 * @property {import("esbuild").BuildOptions} entry What to compile. Plugins
 *   give what is no file a namespace.
 */

/**
 * Compiles into `<name>-<digest>.cjs` beside `<name>.json`, the record. Null
 * where a source was touched only just now: what was read may be old already.
 *
 * @param {string} record
 * @param {CompileOptions} options
 * @returns {Promise<import("./kept.mjs").Kept | null>}
 * @throws Where it cannot be compiled, or not be written.
 */
export async function compile(record, options) {
  const { made, needs = [], refuse, edit, entry } = options;
  const folder = dirname(record);
  const name = basename(record, ".json");
  mkdirSync(folder, { recursive: true });
  accessSync(folder, constants.W_OK);
  const { build } = await import("esbuild");
  const started = Date.now();
  const read = markReader();
  /** @type {import("esbuild").BuildResult<{ metafile: true, write: false }>} */
  const { metafile, outputFiles, warnings } = await build({
    absWorkingDir: ROOT,
    outdir: folder,
    entryNames: `${name}-[hash]`,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    target: "node20.19",
    // What is required, is so when the module that wants it is first used.
    format: "cjs",
    banner: { js: '"use strict";' },
    conditions: [],
    tsconfigRaw: {},
    define: { "import.meta.url": "__moduleUrl" },
    sourcemap: "linked",
    sourcesContent: false,
    logLevel: "silent",
    ...entry,
    plugins: [...entry.plugins ?? [], reading(read, refuse)],
  });
  if (warnings[0] !== undefined) throw new Error(warnings[0].text);
  const sources = Object.keys(metafile.inputs)
    .filter((input) => !/^[\w-]{2,}:/.test(input))
    .map((input) => resolve(ROOT, input));
  const files = settledMarks(withManifests(sources), started, read);
  if (files === null || !areCurrent(files)) return null;
  for (const { path, text } of outputFiles) {
    replace(
      path,
      edit !== undefined && path.endsWith(".cjs") ? edit(text) : text,
    );
  }
  const written = outputFiles.map(({ path }) => path);
  /** @type {import("./kept.mjs").Kept} */
  const kept = {
    made,
    code: written.find((path) => path.endsWith(".cjs")) ?? "",
    needs,
    files: {
      ...files,
      ...Object.fromEntries(written.map((path) => [path, read(path).mark])),
    },
  };
  replace(record, JSON.stringify(kept));
  removeOthers(folder, name, written);
  return kept;
}

/**
 * Reads the files, each marked before it is read, and has `import.meta.url` be
 * in them what it is in the source.
 *
 * @param {import("./marks.mjs").MarkReader} mark
 * @param {CompileOptions["refuse"]} refuse
 * @returns {import("esbuild").Plugin}
 */
function reading(mark, refuse) {
  return {
    name: "reading",
    setup({ onLoad }) {
      onLoad({ filter: /\.(?:[cm]?[jt]s|json)$/ }, ({ path }) => {
        mark(path);
        const text = readFileSync(path, "utf8");
        const reason = refuse?.(path, text);
        if (reason !== undefined) return { errors: [{ text: reason }] };
        const url = JSON.stringify(pathToFileURL(path).href);
        // On the first line: lines stay what they are.
        const contents = text.includes("import.meta.url")
          ? `const __moduleUrl = ${url};${text}`
          : text;
        return { contents, loader: "default" };
      });
    },
  };
}

/**
 * Files, and what says which files of a package they are and what compiled them.
 *
 * @param {readonly string[]} files
 */
function withManifests(files) {
  const require = createRequire(import.meta.url);
  const manifests = new Set([require.resolve("esbuild/package.json")]);
  for (const file of files) {
    const [folder] = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/
      .exec(file) ?? [];
    if (folder !== undefined) manifests.add(join(folder, "package.json"));
  }
  return [...files, ...manifests];
}

/**
 * Replaces a file: others see the old one or the new one.
 *
 * @param {string} path
 * @param {string} contents
 */
function replace(path, contents) {
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, contents);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/**
 * Removes what was compiled before. Who was about to read it takes the sources.
 *
 * @param {string} folder
 * @param {string} name
 * @param {readonly string[]} paths
 */
function removeOthers(folder, name, paths) {
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    const isOurs = file.startsWith(`${name}-`) && file.includes(".cjs");
    if (isOurs && !paths.includes(path) && !isDraft(path)) {
      rmSync(path, { force: true });
    }
  }
}

/**
 * Whether another process may be about to put it in its place.
 *
 * @param {string} path
 */
function isDraft(path) {
  if (/\.cjs(?:\.map)?$/.test(path)) return false;
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs < DRAFT_MS;
}
