/**
 * Where results go: the folder of reports, and the store, which several
 * checkouts may share.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import * as v from "valibot";
import { schemeOf } from "../store/local_folder.ts";
import { refuseMixing } from "./mixing.ts";
import type { Override } from "./overrides.ts";
import { readOptions } from "./read_options.ts";
import { ownKeys } from "./schema.ts";
import type { Places, ResolvedConfig } from "./types.ts";

/** Options of {@link readPlaces}. */
export interface PlacesOptions {
  /** Folder that relative paths of the config start from. */
  readonly baseDirectory: string;
  /** Whether a config is there, which makes that folder a project; default true. */
  readonly isProject?: boolean;
  /** Values set by hand, already laid over the config: they go first. */
  readonly overrides?: readonly Override[];
  /** Default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** The variable that moves the store, whatever the config says. */
const STORE_VARIABLE = "VAE_PRIORS_STORE";

/**
 * Reads `outputs` and `store` of a config that need not be valid otherwise:
 * runs can be looked at where their config is broken today.
 *
 * The store is, first of all, what was set by hand, then `VAE_PRIORS_STORE`
 * (from the working directory), then the config's.
 *
 * @throws {UserError} where either is no path, or a folder that results would
 * be mixed into with what is not theirs.
 */
export function readPlaces(
  config: Readonly<Record<string, unknown>>,
  options: PlacesOptions,
): Places {
  const { baseDirectory, overrides = [], environment = process.env } = options;
  const project = options.isProject === false ? null : baseDirectory;
  const { outputs, store } = readOptions(
    PLACES,
    {
      ...(config.outputs === undefined ? {} : { outputs: config.outputs }),
      ...(config.store === undefined ? {} : { store: config.store }),
    },
    { path: "", owner: "the config" },
  ) as v.InferOutput<typeof PLACES>;
  const outputDirectory = resolve(baseDirectory, outputs);
  refuseMixing(outputDirectory, {
    what: `Cannot use "outputs": "${outputs}"`,
    project,
    hint: 'Name one with "outputs"; default "outputs", beside the config',
  });
  const variable = environment[STORE_VARIABLE] ?? "";
  const byHand = overrides.some(({ path }) => path[0] === "store");
  const isMoved = !byHand && variable !== "";
  const named = isMoved ? variable : store;
  if (named === undefined) {
    return { outputDirectory, storeDirectory: join(outputDirectory, "store") };
  }
  const storeDirectory = locate(named, isMoved ? process.cwd() : baseDirectory);
  if (!isStore(storeDirectory)) {
    const name = isMoved ? STORE_VARIABLE : "store";
    refuseMixing(storeDirectory, {
      what: `Cannot use "${name}": "${named}"`,
      project,
      hint: `Name one with "${name}"; default "store", in the outputs`,
    });
  }
  return { outputDirectory, storeDirectory };
}

/** What is a store already, wherever it lies, stays one; so does what is none of this machine's. */
function isStore(location: string): boolean {
  return schemeOf(location) !== undefined ||
    existsSync(join(location, ".references"));
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

const { outputs, store, engine } = ownKeys;
const ENGINE = v.object({ engine });
const PLACES = v.object({ outputs, store });

/** A path from `folder`; what is no path but a URL stays, for the store to judge. */
function locate(path: string, folder: string): string {
  return schemeOf(path) === undefined ? resolve(folder, path) : path;
}
