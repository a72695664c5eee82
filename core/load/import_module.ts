/**
 * Imports a module that a user wrote, and says in their terms why it failed.
 *
 * @module
 */

import { existsSync, realpathSync, statSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { messageOf, UserError } from "../lib/errors.ts";
import {
  bundleFile,
  isOwnModule,
  type Namespace,
  ownModule,
} from "./modules.ts";
import { markReader } from "./marks.mjs";
import { unheard } from "./signals.ts";
import { SourcesNeeded } from "./sources_needed.ts";

/**
 * Imports the module at the file URL `url`; `what` names it in errors: `prior`,
 * `config`.
 *
 * @throws {UserError} with `cause`: no such file, a folder, a syntax error, a
 * missing import, or whatever the module itself threw, with its place.
 * @throws {SourcesNeeded} where it can only be imported beside the sources.
 */
export async function importModule(
  url: string,
  what: string,
): Promise<Namespace> {
  const path = fileURLToPath(url);
  markReader()(path);
  if (!existsSync(path)) {
    throw new UserError(`Cannot load ${what} "${path}": no such file`, {
      hint: 'A path that starts with "./" is read from the config\'s folder',
    });
  }
  if (statSync(path).isDirectory()) {
    throw new UserError(`Cannot load ${what} "${path}": it is a folder`, {
      hint:
        "Name a file in it; a package is installed, and named as npm names it",
    });
  }
  try {
    return await load(path);
  } catch (cause) {
    if (cause instanceof SourcesNeeded) throw cause;
    const hint = hintFor(cause);
    throw new UserError(
      `Cannot load ${what} "${path}": ${reasonOf(cause, path)}`,
      { ...(hint === undefined ? {} : { hint }), cause },
    );
  }
}

/**
 * Makes sure that the module at the file URL `url` can be imported in this
 * process, and evaluates nothing of it.
 *
 * @throws {SourcesNeeded} where it can only be imported beside the sources.
 */
export async function prepareModule(url: string): Promise<void> {
  const path = fileURLToPath(url);
  if (bundleFile() === undefined || !existsSync(path)) return;
  const file = realpathSync(path);
  if (isOwnModule(pathToFileURL(file).href)) return;
  const { prepareCopy } = await import("./copy.ts");
  await unheard(() => prepareCopy(file));
}

async function load(path: string): Promise<Namespace> {
  if (bundleFile() === undefined) {
    if (path.includes("?")) {
      throw new UserError('the "?" in the path keeps tsx from finding it', {
        hint: "Rename the file, or the folder that it lies in",
      });
    }
    const { href } = pathToFileURL(path);
    return await unheard(() => import(/* @vite-ignore */ href));
  }
  const file = realpathSync(path);
  const url = pathToFileURL(file).href;
  if (isOwnModule(url)) return await ownModule(url);
  const { importCopy } = await import("./copy.ts");
  return await unheard(() => importCopy(file));
}

/** What went wrong, on one line, with the line of the file where it is known. */
function reasonOf(error: unknown, path: string): string {
  const message = messageOf(error);
  // esbuild: "Transform failed with 1 error:\n/a/b.ts:3:5: ERROR: Expected ..."
  const transform = /^Transform failed[^\n]*\n(.*?):(\d+):(\d+): ERROR: (.*)/
    .exec(message);
  if (transform !== null) {
    const [, file, line, column, text] = transform;
    const place = file === path ? "" : ` of ${file}`;
    return `${text} at line ${line}, column ${Number(column) + 1}${place}`;
  }
  const place = placeInFile(error, path);
  return `${message.split("\n")[0]}${place}`;
}

/** ` at line 3, column 5`: the innermost place in the file at `path` that an error came from; empty where there is none. */
export function placeInFile(error: unknown, path: string): string {
  const stack = error instanceof Error ? error.stack ?? "" : "";
  const escaped = path.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const frame = new RegExp(`${escaped}(?:\\?[^:]*)?:(\\d+):(\\d+)`).exec(stack);
  return frame === null ? "" : ` at line ${frame[1]}, column ${frame[2]}`;
}

function hintFor(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND") {
    return 'Install the package beside that file, or correct the path; "vae-priors" itself is always found';
  }
  if (error instanceof UserError) return error.hint;
  return undefined;
}
