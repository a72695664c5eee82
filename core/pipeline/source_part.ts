/**
 * Bundles modules with esbuild, so that only code that matters is left: no
 * comments, no types, no formatting, nothing that is not used.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { BuildFailure, BuildResult, Plugin } from "esbuild";
import { UserError } from "../errors.ts";

/** A module with what it imports by static imports. */
export interface SourcePart {
  readonly text: string;
  /** Absolute paths of all files that could change `text`. */
  readonly files: readonly string[];
  /** Packages that `text` imports, `pngjs/browser`. */
  readonly packages: readonly string[];
  /** Modules that belong to it and are not in `text`, by absolute path. */
  readonly apart: readonly string[];
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const OWN_CODE = [join(ROOT, "core") + sep, join(ROOT, "datasets") + sep];
/** The module that `vae-priors` stands for. */
export const PUBLIC_MODULE: string = join(ROOT, "core", "mod.ts");

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
    const external = meta.imports.map((one) => one.path);
    const called = external.filter((one) => inPlace(one));
    const done = bare.filter(({ importer }) =>
      importer === path || included.has(importer)
    );
    return [path, {
      // Where the project lies must not matter.
      text: called.reduce(
        (text, one) => text.replaceAll(one, one.slice(dirname(path).length)),
        output.text,
      ),
      files: [...reachable(path, inputs)],
      packages: external.filter((one) => !inPlace(one)),
      apart: [...new Set([...called, ...done.map(({ target }) => target)])],
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
      packages: "external",
      platform: "node",
      format: "esm",
      target: "esnext",
      loader: { ".node": "binary", ".wasm": "binary" },
      minifyWhitespace: true,
      legalComments: "none",
      logLevel: "silent",
      plugins: [imports],
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

/**
 * Resolves `vae-priors` to this project, and takes of the core only modules of
 * which something is used: a prior that imports the public API must not change
 * with each of its files. Modules that are imported by a call are kept apart:
 * one such call anywhere would change how esbuild writes the module everywhere.
 */
const imports: Plugin = {
  name: "imports",
  setup({ onResolve, resolve }) {
    onResolve(
      { filter: /^vae-priors$/ },
      () =>
        existsSync(PUBLIC_MODULE)
          ? { path: PUBLIC_MODULE, sideEffects: false }
          : { external: true },
    );
    onResolve({ filter: /^\.{1,2}\// }, async (args) => {
      if (args.pluginData === "asked") return undefined;
      const { kind, importer, resolveDir } = args;
      const found = await resolve(args.path, {
        kind,
        importer,
        resolveDir,
        pluginData: "asked",
      });
      if (found.errors.length > 0) return { errors: found.errors };
      const { path, namespace } = found;
      if (kind !== "import-statement") return { path, external: true };
      return OWN_CODE.some((folder) => path.startsWith(folder))
        ? { path, namespace, sideEffects: false }
        : { path, namespace };
    });
  },
};

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

/** Whether an import left in a bundle is one of a file. */
function inPlace(path: string): boolean {
  return path === resolve(path);
}

function reachable(
  entry: string,
  inputs: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    waiting.push(...inputs.get(path) ?? []);
  }
  return found;
}
