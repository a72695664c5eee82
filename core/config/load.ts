/**
 * Finds and reads the config file: `pipeline.config.ts|js|mjs|json` or the key
 * `vae-priors` of a package.json, upward from a folder, or a file that is named.
 *
 * @module
 */

import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { lilconfig, type LilconfigResult, type Options } from "lilconfig";
import { messageOf, UserError } from "../lib/errors.ts";
import { FOLDER } from "../lib/files.ts";
import { foldersUp } from "../lib/upward.ts";
import { homeFolder } from "../lib/home.mjs";
import { importModule } from "../load/import_module.ts";
import { resultsFolder } from "./results_folder.ts";
import { loadJson } from "./load_json.ts";
import { show } from "../lib/suggest.ts";

/** A config as it was read, not checked yet. */
export interface LoadedConfig {
  readonly config: unknown;
  /** Absolute path of the file. */
  readonly file: string;
  /** Its folder: relative paths in the config start here. */
  readonly baseDirectory: string;
}

/** Options of {@link loadConfig}. */
export interface LoadConfigOptions {
  /** Folder to search upward from; default the working directory. */
  readonly cwd?: string;
  /** A file to read instead of searching, relative to `cwd`. */
  readonly file?: string;
}

/** Files that are looked for in each folder, in this order. */
const CONFIG_FILES: readonly string[] = [
  "pipeline.config.ts",
  "pipeline.config.js",
  "pipeline.config.mjs",
  "pipeline.config.json",
  "package.json",
];

const PACKAGE_KEY = "vae-priors";

/**
 * Reads the config.
 *
 * @throws {UserError} where there is none, or it cannot be read; for JSON with
 * line and column.
 */
export async function loadConfig(
  options: LoadConfigOptions = {},
): Promise<LoadedConfig> {
  const loaded = await loadConfigIfAny(options);
  if (loaded !== null) return loaded;
  throw new UserError(
    `Cannot find a config: "${
      resolve(options.cwd ?? ".")
    }" and the folders above it have no ${CONFIG_FILES[0]}, ${
      CONFIG_FILES[3]
    } or key "${PACKAGE_KEY}" in a package.json`,
    { hint: "Name one with --config FILE" },
  );
}

/**
 * Reads the config; null where none is named and none is found.
 *
 * @throws {UserError} where it cannot be read, as {@link loadConfig}.
 */
export async function loadConfigIfAny(
  options: LoadConfigOptions = {},
): Promise<LoadedConfig | null> {
  const cwd = resolve(options.cwd ?? ".");
  const result = options.file === undefined
    ? await search(cwd)
    : await loadFile(resolve(cwd, options.file));
  if (result === null) return null;
  const { config, filepath, isEmpty } = result;
  if (isEmpty === true) {
    throw new UserError(`Cannot read config "${filepath}": the file is empty`);
  }
  return {
    config: filepath.endsWith(".json")
      ? withoutSchema(config, filepath)
      : config,
    file: filepath,
    baseDirectory: dirname(filepath),
  };
}

/** The nearest folder, from `start` upward, that may hold a config; else `start`. */
export function projectFolder(start: string = resolve(".")): string {
  const holdsConfig = (folder: string) =>
    CONFIG_FILES.some((file) => existsSync(join(folder, file)));
  return foldersUp(start).find(holdsConfig) ?? start;
}

async function search(cwd: string): Promise<LilconfigResult> {
  // For lilconfig, which asks for it.
  homeFolder();
  const result = await lilconfig("pipeline", searchSettings()).search(cwd);
  return result === null || result.filepath === "" ? null : result;
}

async function loadFile(path: string): Promise<NonNullable<LilconfigResult>> {
  const found = statSync(path, { throwIfNoEntry: false });
  const problem = found === undefined
    ? "no such file"
    : found.isDirectory()
    ? FOLDER
    : /\.(?:[mc]?[jt]s|json)$/.test(path)
    ? null
    : "want a file that ends in .ts, .js, .mjs or .json";
  if (problem !== null) {
    throw new UserError(`Cannot read config "${path}": ${problem}`);
  }
  let result: LilconfigResult;
  homeFolder();
  try {
    result = await lilconfig("pipeline", settings()).load(path);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`Cannot read config "${path}": ${messageOf(cause)}`, {
      cause,
    });
  }
  if (result !== null && result.config != null) return result;
  if (result?.isEmpty === true) return result;
  throw new UserError(
    `Cannot read config "${path}": it has no key "${PACKAGE_KEY}"`,
  );
}

function settings(): Options {
  const modules = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];
  const loaders = {
    ...Object.fromEntries(modules.map((kind) => [kind, loadModule])),
    ".json": loadJson,
  };
  return {
    searchPlaces: [...CONFIG_FILES],
    packageProp: [PACKAGE_KEY],
    ignoreEmptySearchPlaces: false,
    stopDir: "/",
    cache: false,
    loaders,
  };
}

/** Of files that nobody has named. */
function searchSettings(): Options {
  const { loaders, ...rest } = settings();
  const guarded = Object.entries(loaders!).map(([kind, load]) =>
    [kind, (path: string, content: string) => {
      refuseResult(path);
      return load(path, content);
    }] as const
  );
  return { ...rest, loaders: Object.fromEntries(guarded) };
}

/** An archive may have brought it: a command in that folder must not run it. */
function refuseResult(path: string): void {
  const folder = resultsFolder(path, [], null);
  if (folder === null) return;
  throw new UserError(
    `Cannot use config "${path}", found from the working directory: it lies in a folder of results, "${folder}"`,
    { hint: "Go to the project's folder, or name it with --config FILE" },
  );
}

/** A config in JSON may name its schema, which is for editors alone. */
function withoutSchema(config: unknown, file: string): unknown {
  if (typeof config !== "object" || config === null) return config;
  if (Array.isArray(config) || !("$schema" in config)) return config;
  const { $schema: schema, ...rest } = config;
  if (typeof schema === "string") return rest;
  throw new UserError(
    `Cannot read "$schema" of "${file}": found ${
      show(schema)
    }, want the path or URL of a JSON schema`,
  );
}

async function loadModule(path: string): Promise<unknown> {
  const module = await importModule(pathToFileURL(path).href, "config");
  if (module.default !== undefined) return module.default;
  throw new UserError(
    `Cannot read config "${path}": it has no default export`,
    {
      hint: "Write: export default definePipeline({ ... })",
    },
  );
}
