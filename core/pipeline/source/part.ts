/**
 * Bundles modules with esbuild, so that only code that matters is left: no
 * comments, no types, no formatting, nothing that is not used.
 *
 * @module
 */

import { readdirSync } from "node:fs";
import { basename, dirname, join, parse, resolve } from "node:path";
import type { BuildFailure, BuildResult } from "esbuild";
import { UserError } from "../../lib/errors.ts";
import { sourcePath } from "../../lib/extension.ts";
import { followImports, ROOT } from "./imports.ts";
import { namedFiles } from "./named.ts";

/** A module with what it imports by static imports. */
export interface SourcePart {
  readonly text: string;
  /** Absolute paths of all files that could change `text`. */
  readonly files: readonly string[];
  /** Those of which something is in `text`. */
  readonly used: readonly string[];
  /** Packages that `text` imports, `pngjs/browser`. */
  readonly packages: readonly string[];
  /** Modules that belong to it and are not in `text`, by absolute path. */
  readonly apart: readonly string[];
  /** Files that belong to it and are no modules, by absolute path. */
  readonly data: readonly string[];
}

type Result = BuildResult<{ metafile: true; write: false }>;

/**
 * Bundles the modules at `paths`, all in one go; what comes of one does not
 * depend on the others.
 *
 * @throws {UserError} Where a module or an import does not parse or exist.
 */
export async function bundleParts(
  paths: readonly string[],
): Promise<ReadonlyMap<string, SourcePart>> {
  const result = await build(paths);
  const patterns = patternFolders(result);
  if (patterns.length > 0 && paths.length > 1) {
    // What a pattern takes in is written in another way everywhere.
    const alone = await Promise.all(paths.map((path) => bundleParts([path])));
    return new Map(alone.flatMap((parts) => [...parts]));
  }
  const inputs = new Map(
    Object.entries(result.metafile.inputs).map(([name, input]) => [
      resolve(ROOT, name),
      input.imports.filter(({ external }) => !external)
        .map(({ path }) => resolve(ROOT, path)),
    ]),
  );
  const bare = bareImports(result);
  return new Map(paths.map((path, i) => {
    const name = `${i}.js`;
    const output = result.outputFiles.find((file) =>
      basename(file.path) === name
    )!;
    const [, meta] = Object.entries(result.metafile.outputs)
      .find(([file]) => basename(file) === name)!;
    const included = new Set(
      Object.keys(meta.inputs).map((file) => resolve(ROOT, file)),
    );
    const used = Object.entries(meta.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => resolve(ROOT, file));
    const external = meta.imports.map((one) => one.path);
    const called = external.filter((one) => inPlace(one));
    const done = bare.filter(({ importer }) =>
      importer === path || included.has(importer)
    );
    const named = namedFiles(used);
    return [path, {
      // Where the project lies must not matter, nor whether it is compiled.
      text: called.reduce(
        (text, one) => {
          const way = one.slice(dirname(path).length);
          return text.replaceAll(
            one,
            one.startsWith(ROOT) ? sourcePath(way) : way,
          );
        },
        withoutName(output.text, path),
      ),
      files: [...reachable([path, ...used], inputs), ...patterns],
      used,
      packages: external.filter((one) => !inPlace(one)),
      apart: [
        ...new Set([
          ...called,
          ...done.map(({ target }) => target),
          ...named.modules,
        ]),
      ],
      data: named.data,
    }];
  }));
}

async function build(paths: readonly string[]): Promise<Result> {
  const esbuild = await import("esbuild");
  try {
    return await esbuild.build({
      absWorkingDir: ROOT,
      entryPoints: paths.map((path, i) => ({ in: path, out: `${i}` })),
      outdir: join(ROOT, "sources"),
      bundle: true,
      write: false,
      metafile: true,
      platform: "node",
      format: "esm",
      target: "esnext",
      loader: { ".node": "binary", ".wasm": "binary" },
      minifyWhitespace: true,
      legalComments: "none",
      logLevel: "silent",
      plugins: [followImports],
    });
  } catch (cause) {
    const [error] = (cause as BuildFailure).errors ?? [];
    if (error === undefined) throw cause;
    const { file, line = 0, column = 0 } = error.location ?? {};
    const where = file === undefined ? "" : ` "${resolve(ROOT, file)}"`;
    throw new UserError(
      `Cannot read source${where}: ${error.text} at line ${line}, column ${
        column + 1
      }`,
      { cause },
    );
  }
}

/** Imports for what a module of ours does, not for what it gives; esbuild warns that it drops them. */
function bareImports({ warnings }: Result) {
  return warnings.flatMap(({ id, location }) => {
    if (id !== "ignored-bare-import" || location === null) return [];
    const importer = resolve(ROOT, location.file);
    // The location counts bytes and spans the specifier with its quotes.
    const quoted = Buffer.from(location.lineText)
      .subarray(location.column, location.column + location.length);
    const specifier = quoted.toString().slice(1, -1);
    return [{ importer, target: resolve(dirname(importer), specifier) }];
  });
}

/** Without the name that esbuild makes of the module's for its default export. */
function withoutName(text: string, path: string): string {
  const name = parse(path).name.replaceAll(/[^\w$]+/g, "_");
  return text.replaceAll(
    new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}_default\\b`, "g"),
    "<default>",
  );
}

/** Folders where `import(`./tables/${name}.ts`)` finds modules: a file that is new there counts. */
function patternFolders({ metafile }: Result): readonly string[] {
  const patterns = Object.entries(metafile.inputs).flatMap((
    [file, { imports }],
  ) =>
    imports.filter(({ path, external }) => external && path.includes("*"))
      .map(({ path }) => {
        const [start = ""] = path.split("*");
        return resolve(ROOT, dirname(file), start.replace(/[^/]*$/, ""));
      })
  );
  const folders = patterns.flatMap((folder) => [
    folder,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name)),
  ]);
  return [...new Set(folders)];
}

/** Whether an import left in a bundle is one of a file. */
function inPlace(path: string): boolean {
  return path === resolve(path);
}

function reachable(
  entries: readonly string[],
  inputs: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    waiting.push(...inputs.get(path) ?? []);
  }
  return found;
}
