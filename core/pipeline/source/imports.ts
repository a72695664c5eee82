/**
 * Which imports a source digest follows, and which it leaves to a version.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { OnResolveArgs, Plugin, PluginBuild } from "esbuild";
import { EXTENSION } from "../../lib/extension.ts";
import { EXPORTS } from "../../load/resolve_hook.ts";

/** Folder of this project. */
export const ROOT: string = fileURLToPath(
  new URL("../../../", import.meta.url),
);
/** The module that `vae-priors` stands for. */
export const PUBLIC_MODULE: string = join(
  ROOT,
  "core",
  `mod${EXTENSION}`,
);

const OWN_CODE = [join(ROOT, "core") + sep, join(ROOT, "datasets") + sep];

/**
 * Follows files, wherever a specifier leads to one: a relative path, a name of
 * `imports` in a package.json, `paths` of a tsconfig.json, or a package that is
 * a link to its sources. An installed package is known by its version.
 *
 * `vae-priors` is this program, wherever it is installed, and of the core only modules count of which
 * something is used: a prior that imports the public API must not change with
 * each of its files. Modules that are imported by a call are kept apart: one
 * such call anywhere would change how esbuild writes the module everywhere.
 */
export const followImports: Plugin = {
  name: "follow-imports",
  setup(build) {
    build.onResolve({ filter: /^vae-priors(?:\/|$)/ }, ({ path }) => {
      const url = EXPORTS[path];
      if (url === undefined) return undefined;
      const file = fileURLToPath(url);
      return existsSync(file) ? ownModule(file) : { external: true };
    });
    build.onResolve({ filter: /(?:)/ }, async (args) => {
      if (args.kind === "entry-point" || args.pluginData === ASKED) {
        return undefined;
      }
      const isFile = /^\.{1,2}(?:\/|$)/.test(args.path);
      if (!isFile && isBuiltin(args.path)) return { external: true };
      const found = await find(args, build);
      if (found.errors.length > 0) {
        return isFile ? { errors: found.errors } : { external: true };
      }
      const { path, namespace } = found;
      if (!isFile && isInstalled(path, args.importer)) {
        return { path: args.path, external: true };
      }
      if (args.kind !== "import-statement") return { path, external: true };
      return { namespace, ...ownModule(path) };
    });
  },
};

function ownModule(path: string) {
  return OWN_CODE.some((folder) => path.startsWith(folder))
    ? { path, sideEffects: false }
    : { path };
}

/** The folder of the package that a file was installed with, if it was. */
export function packageFolder(path: string): string | undefined {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path)?.[0];
}

/** Marks what the plugin itself asks. */
const ASKED = Symbol("asked");

async function find(args: OnResolveArgs, build: PluginBuild) {
  const { path, kind, importer, resolveDir } = args;
  const pluginData = ASKED;
  return await build.resolve(path, { kind, importer, resolveDir, pluginData });
}

/** Whether it belongs to another package, which has a version. */
function isInstalled(path: string, importer: string): boolean {
  const folder = packageFolder(path);
  return folder !== undefined && folder !== packageFolder(importer);
}
