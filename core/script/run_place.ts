/** Where a run lies that a script names, and where what belongs to it is. @module */

import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { loadConfigIfAny, projectFolder } from "../config/load.ts";
import { readPlaces } from "../config/places.ts";
import type { Places } from "../config/types.ts";
import { UserError } from "../lib/errors.ts";
import { foldersUp } from "../lib/upward.ts";
import { REPORT_FILES } from "../report/paths.ts";
import { followLatest } from "../runs/find_runs.ts";
import { readRecord, type RunRecord } from "../runs/record.ts";
import { schemeOf } from "../store/local_folder.ts";

/** What a script says of the place, where it is not the usual one. */
export interface PlaceOptions {
  /**
   * The project's folder, which the run names its plugins from; default the one
   * that it has run in, as far as its outputs lie there.
   */
  readonly baseDirectory?: string | undefined;
  /**
   * The store, a folder or `s3://bucket/prefix`; default `VAE_PRIORS_STORE`,
   * else the one that the run has used, else that of the project's config.
   */
  readonly store?: string | undefined;
}

/** A run and its surroundings. */
export interface RunPlace extends Places {
  readonly record: RunRecord;
  /** Its folder. */
  readonly directory: string;
  readonly baseDirectory: string;
}

/**
 * Finds the run of a folder, `outputs/latest`, or of a file in it.
 *
 * @throws {UserError} where there is none.
 */
export async function findRunPlace(
  path: string,
  options: PlaceOptions,
): Promise<RunPlace> {
  const directory = folderOf(path);
  const outputDirectory = dirname(dirname(directory));
  const record = await readRecord(join(directory, REPORT_FILES.record));
  const { places } = record;
  const beside = dirname(outputDirectory);
  const ran = foldersUp(beside).find((folder) =>
    resolve(folder, places.outputs) === outputDirectory
  );
  const baseDirectory = options.baseDirectory === undefined
    ? ran ?? projectFolder(beside)
    : resolve(options.baseDirectory);
  const storeDirectory = await storeOf(options.store, {
    baseDirectory,
    usual: [
      resolve(baseDirectory, places.store),
      join(outputDirectory, "store"),
    ],
  });
  return { record, directory, baseDirectory, outputDirectory, storeDirectory };
}

/** The run's folder, `<outputs>/runs/<id>`, however `path` leads there. */
function folderOf(path: string): string {
  const action = `Cannot open the run "${path}"`;
  const given = resolve(path);
  const stat = statSync(given, { throwIfNoEntry: false });
  if (stat === undefined) {
    const led = basename(given) === "latest"
      ? followLatest(dirname(given))
      : null;
    if (led !== null) return join(dirname(given), "runs", led);
    throw new UserError(`${action}: "${given}" is not there`, {
      hint:
        'Name the folder of a run from the working directory: "outputs/latest", or one in "outputs/runs"',
    });
  }
  const real = realpathSync(given);
  const folder = stat.isDirectory() ? real : dirname(real);
  if (basename(dirname(folder)) === "runs") return folder;
  const led = basename(folder) === "latest"
    ? followLatest(dirname(folder))
    : null;
  if (led !== null) return join(dirname(folder), "runs", led);
  throw new UserError(
    existsSync(join(folder, "runs"))
      ? `${action}: it is a folder of outputs, which may hold many`
      : `${action}: it lies in no "runs" of a folder of outputs`,
    {
      hint: existsSync(join(folder, "runs"))
        ? `Name one of them: "${join(path, "latest")}" is the last`
        : "A run of elsewhere is taken in with import",
    },
  );
}

async function storeOf(
  given: string | undefined,
  { baseDirectory, usual }: {
    readonly baseDirectory: string;
    readonly usual: readonly string[];
  },
): Promise<string> {
  if (given !== undefined) {
    return schemeOf(given) === undefined ? resolve(given) : given;
  }
  const moved = process.env["VAE_PRIORS_STORE"] ?? "";
  const there = usual.find((folder) => existsSync(folder));
  if (moved === "" && there !== undefined) return there;
  const loaded = moved === ""
    ? await loadConfigIfAny({ cwd: baseDirectory })
    : null;
  const config = Object(loaded?.config) as Record<string, unknown>;
  return readPlaces(config, { baseDirectory }).storeDirectory;
}
