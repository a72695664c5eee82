/**
 * What must hold of the outputs at any moment, whatever happened. Looks at the
 * files alone, and shares no code with the store.
 *
 * @module
 */

import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
} from "node:fs";
import { join, parse, relative } from "node:path";

/** Path of every file of every artifact to its digest. */
export type Digests = ReadonlyMap<string, string>;

interface Manifest {
  readonly stage: string;
  readonly key: string;
  readonly files: Readonly<Record<string, { readonly sha256: string }>>;
}

/** The artifacts, `stage/key`, and their files with digests, as they are. */
export function digestStore(outputs: string): Digests {
  return new Map(
    artifacts(outputs).flatMap((folder) =>
      filesIn(folder).filter((file) => file !== "manifest.json").map((file) => [
        join(relative(join(outputs, "store"), folder), file),
        digest(join(folder, file)),
      ])
    ),
  );
}

/** What can be seen and is not whole. */
export function findHalves(outputs: string): readonly string[] {
  return [
    ...artifacts(outputs).flatMap(artifactProblems),
    ...visible(join(outputs, "runs")).flatMap(reportProblems),
    ...latestProblems(outputs),
  ];
}

/** What a run leaves behind that has swept; empty folders of stages are none. */
export function findLeftovers(outputs: string): readonly string[] {
  const store = join(outputs, "store");
  const stages = [".drafts", ".locks", ".attempts"].flatMap((name) =>
    filesIn(join(store, name), true).map((file) => `store/${name}/${file}`)
  ).filter((path) => !/\.attempts\/[^/]+$/.test(path));
  const drafts = ["store", "runs", "."].flatMap((folder) =>
    readNames(join(outputs, folder))
      .filter((name) => /^\..*[0-9a-f]{8}-[0-9a-f]{4}-/.test(name))
      .map((name) => `${folder}/${name}`)
  );
  return [...stages, ...drafts];
}

/** How many artifacts lie in quarantine. */
export function countQuarantined(outputs: string): number {
  return readNames(join(outputs, "store", "quarantine")).length;
}

function artifacts(outputs: string): readonly string[] {
  const store = join(outputs, "store");
  return visible(store).filter((path) => !path.endsWith("quarantine"))
    .flatMap((stage) => readNames(stage).map((key) => join(stage, key)));
}

function artifactProblems(folder: string): readonly string[] {
  const manifest = readJson(join(folder, "manifest.json")) as Manifest | null;
  if (manifest === null) return [`${folder}: no manifest`];
  const found = filesIn(folder).filter((file) => file !== "manifest.json");
  const wanted = Object.keys(manifest.files);
  const problems = [...new Set([...found, ...wanted])].filter((file) =>
    !found.includes(file) ||
    digest(join(folder, file)) !== manifest.files[file]?.sha256
  );
  return [
    ...problems.map((file) => `${folder}: ${file} is not what was written`),
    ...folder.endsWith(join(manifest.stage, manifest.key))
      ? []
      : [`${folder}: another's manifest`],
  ];
}

function reportProblems(folder: string): readonly string[] {
  // A run that has just begun, or was killed, has its record and no more.
  if (readNames(folder).every((name) => /^\.|^record\.json$/.test(name))) {
    return [];
  }
  const manifest = readJson(join(folder, "manifest.json")) as
    | { readonly files: Readonly<Record<string, string>> }
    | null;
  if (manifest === null) return [`${folder}: no manifest`];
  return filesIn(folder).filter((file) =>
    file !== "manifest.json" &&
    digest(join(folder, file)) !== manifest.files[file]
  ).map((file) => `${folder}: ${file} is not what was written`);
}

function latestProblems(outputs: string): readonly string[] {
  const link = join(outputs, "latest");
  if (lstatSync(link, { throwIfNoEntry: false }) === undefined) return [];
  if (existsSync(join(link, "report.html"))) return [];
  // Killed between the two renames of a replacement: the next run puts it back.
  const { dir, base } = parse(join(outputs, readlinkSync(link)));
  const aside = readNames(dir).filter((name) =>
    name.startsWith(`.${base}.old~`)
  );
  return aside.some((name) => existsSync(join(dir, name, "report.html")))
    ? []
    : ["latest leads nowhere"];
}

/** Relative paths of the files below a folder; with `empty`, of empty folders, too. */
function filesIn(folder: string, empty = false): readonly string[] {
  return readNames(folder).flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory() !== true) return [name];
    const inner = filesIn(path, empty).map((file) => join(name, file));
    return inner.length === 0 && empty ? [name] : inner;
  });
}

function visible(folder: string): readonly string[] {
  return readNames(folder).filter((name) => !name.startsWith("."))
    .map((name) => join(folder, name));
}

function readNames(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

function digest(file: string): string {
  return existsSync(file)
    ? createHash("sha256").update(readFileSync(file)).digest("hex")
    : "missing";
}
