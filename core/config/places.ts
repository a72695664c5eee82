/**
 * Where results go: the folder of reports, and the store, which several
 * checkouts may share.
 *
 * @module
 */

import { join, resolve } from "node:path";
import * as v from "valibot";
import { schemeOf } from "../store/local_folder.ts";
import type { Override } from "./overrides.ts";
import { readOptions } from "./read_options.ts";
import { configSchema } from "./schema.ts";
import type { ResolvedConfig } from "./types.ts";

/** Folders of results, absolute. */
export type Places = Pick<
  ResolvedConfig,
  "outputDirectory" | "storeDirectory"
>;

/** Options of {@link readPlaces}. */
export interface PlacesOptions {
  /** Folder that relative paths of the config start from. */
  readonly baseDirectory: string;
  /** Values set by hand, already laid over the config: they go first. */
  readonly overrides?: readonly Override[];
  /** Default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** The variable that moves the store, whatever the config says. */
export const STORE_VARIABLE = "VAE_PRIORS_STORE";

/**
 * Reads `outputs` and `store` of a config that need not be valid otherwise:
 * runs can be looked at where their config is broken today.
 *
 * The store is, first of all, what was set by hand, then `VAE_PRIORS_STORE`
 * (from the working directory), then the config's.
 *
 * @throws {UserError} where either is no path.
 */
export function readPlaces(
  config: Readonly<Record<string, unknown>>,
  options: PlacesOptions,
): Places {
  const { baseDirectory, overrides = [], environment = process.env } = options;
  const { outputs, store } = readOptions(
    PLACES,
    {
      ...(config.outputs === undefined ? {} : { outputs: config.outputs }),
      ...(config.store === undefined ? {} : { store: config.store }),
    },
    { path: "", owner: "the config" },
  ) as v.InferOutput<typeof PLACES>;
  const outputDirectory = resolve(baseDirectory, outputs);
  const variable = environment[STORE_VARIABLE] ?? "";
  const byHand = overrides.some(({ path }) => path[0] === "store");
  const storeDirectory = !byHand && variable !== ""
    ? locate(variable, process.cwd())
    : store === undefined
    ? join(outputDirectory, "store")
    : locate(store, baseDirectory);
  return { outputDirectory, storeDirectory };
}

/**
 * Reads `engine` of such a config.
 *
 * @throws {UserError} where it is none.
 */
export function readEngineChoice(
  config: Readonly<Record<string, unknown>>,
): ResolvedConfig["engine"] {
  const given = config.engine === undefined ? {} : { engine: config.engine };
  const { engine } = readOptions(ENGINE, given, {
    path: "",
    owner: "the config",
  }) as v.InferOutput<typeof ENGINE>;
  return engine;
}

const { outputs, store, engine } = configSchema.entries;
const ENGINE = v.object({ engine });
const PLACES = v.object({ outputs, store });

/** A path from `folder`; what is no path but a URL stays, for the store to judge. */
function locate(path: string, folder: string): string {
  return schemeOf(path) === undefined ? resolve(folder, path) : path;
}
