/**
 * The code that a record names, before any of it runs: where it lies, and
 * whether it is what the record has. A record may come from anywhere, and so
 * proves nothing of code that came with it.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Places } from "../config/types.ts";
import { listOfEntries, locatePlugin } from "../vae/plugin/entries.ts";
import { pluginKinds } from "../vae/axes.ts";
import {
  contains,
  real,
  resultFolders,
  resultsFolder,
} from "../config/results_folder.ts";
import { locateStage } from "../config/stages.ts";
import { digesterOf } from "../pipeline/beside_store.ts";
import { builtIns } from "../vae/plugin/built_in.ts";
import { shortDigest } from "./format.ts";
import type { RunRecord } from "./record.ts";

/** A plugin or stage that is none of the program's own. */
export interface RecordCode {
  /** `prior`, `stage` and the like. */
  readonly kind: string;
  /** As the config names it. */
  readonly name: string;
  /** File URL. */
  readonly module: string;
  /** sha256 of its source with all that it imports; null where it was not read. */
  readonly digest: string | null;
  /** Why nobody can be taken to have chosen to run it; null where it is as recorded. */
  readonly problem: string | null;
}

/** Where a record is to be repeated. */
export interface RepeatPlace extends Places {
  /** Paths start from here. */
  readonly baseDirectory: string;
  /** Whether a config was found there. */
  readonly isProject: boolean;
  /** The record's file. */
  readonly recordFile: string;
}

/**
 * Looks at all that `config` names; loads nothing.
 *
 * @throws {UserError} where there is no such package, or a source cannot be read.
 */
export async function codeOfRecord(
  record: RunRecord,
  config: Readonly<Record<string, unknown>>,
  place: RepeatPlace,
): Promise<readonly RecordCode[]> {
  const named = [
    ...pluginKinds.flatMap((kind) =>
      namesIn(config[kind.plural]).map((name) =>
        locate(
          kind.name,
          name,
          (...named) => locatePlugin(kind, ...named),
          place,
        )
      )
    ),
    ...namesIn(config.stages).map((name) =>
      locate("stage", name, locateStage, place)
    ),
  ];
  const own = new Set(
    pluginKinds.flatMap((kind) => builtIns(kind).map(({ url }) => url)),
  );
  const foreign = distinct(named).filter(({ module }) => !own.has(module));
  const read = foreign.filter((code) =>
    code.problem === null && existsSync(fileURLToPath(code.module))
  );
  const digests = await digesterOf(place).digest(
    read.map(({ module }) => module),
  );
  return foreign.map((code) => {
    const digest = digests.get(code.module);
    if (digest === undefined) return code;
    return { ...code, digest, problem: difference(record, code, digest) };
  });
}

/** `prior ./mine.ts: as recorded, source 1a2b3c4d`. */
export function describeCode(code: RecordCode): string {
  const { kind, name, digest, problem } = code;
  const source = digest === null ? "" : `, source ${shortDigest(digest)}`;
  return `${kind} ${name}: ${
    problem ?? (digest === null ? "it is not there" : `as recorded${source}`)
  }`;
}

function namesIn(entries: unknown): readonly string[] {
  return listOfEntries(entries).map((entry) =>
    Array.isArray(entry) ? entry[0] : entry
  )
    .filter((name) => typeof name === "string");
}

function locate(
  kind: RecordCode["kind"],
  name: string,
  find: typeof locateStage,
  place: RepeatPlace,
): RecordCode {
  const { baseDirectory } = place;
  const module = find(name, { where: "of the record", baseDirectory });
  const file = fileURLToPath(module);
  return { kind, name, module, digest: null, problem: misplaced(file, place) };
}

/** Why a file's place is none to take code from. */
function misplaced(file: string, place: RepeatPlace): string | null {
  const { baseDirectory, isProject, recordFile } = place;
  const project = isProject ? baseDirectory : null;
  const beside = dirname(resolve(recordFile));
  const isOfProject = project !== null && contains(beside, project);
  const folders = [
    ...resultFolders(place, project),
    ...(isOfProject ? [] : [beside]),
  ];
  const found = resultsFolder(file, folders, project);
  if (found !== null) return `it lies in a folder of results, "${found}"`;
  const isInside = contains(real(baseDirectory), real(file)) ||
    isInstalled(file, baseDirectory);
  return isInside ? null : `it lies outside of the project, in "${file}"`;
}

/** Whether Node finds it as a package of the project. */
function isInstalled(file: string, baseDirectory: string): boolean {
  const [root] = file.split(`${sep}node_modules${sep}`);
  return root !== undefined && root !== file && contains(root, baseDirectory);
}

/** How the source differs from what the record lists. */
function difference(
  { plugins }: RunRecord,
  { kind, name }: RecordCode,
  digest: string,
): string | null {
  const listed = plugins.filter((plugin) => plugin.kind === kind);
  // Where a checkout's folder is that of the program, "./" is left out.
  const plain = (module: string) => module.replace(/^\.\//, "");
  if (listed.some((plugin) => plugin.digest === digest)) return null;
  const before = listed.find(({ module }) => plain(module) === plain(name));
  return before === undefined
    ? `the record does not list it, source ${shortDigest(digest)}`
    : `it is not what was recorded, source ${shortDigest(before.digest)} -> ${
      shortDigest(digest)
    }`;
}

function distinct(all: readonly RecordCode[]): readonly RecordCode[] {
  return [...new Map(all.map((one) => [`${one.kind} ${one.name}`, one]))
    .values()];
}
