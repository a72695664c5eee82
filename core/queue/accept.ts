/**
 * Whether a worker may do a stage: its code, engine, data and store must be
 * those that the key was made of, or the result would pass for another one.
 *
 * @module
 */

import type { EngineInfo } from "../engine/engine.ts";
import { engineSurroundings } from "../engine/surroundings.ts";
import { messageOf } from "../errors.ts";
import type { DigestFile } from "../pipeline/key/file_digest.ts";
import { ENGINE_MODULE } from "../pipeline/key/keys.ts";
import type { SourceDigester } from "../pipeline/source/digest.ts";
import { loadStage } from "../plugin/load.ts";
import type { ArtifactStore } from "../store/store.ts";
import type { StageJobData } from "./job.ts";
import {
  isThere,
  moduleAt,
  pathOfPlace,
  type PortableTask,
  type TaskSite,
  unpackTask,
} from "./portable_task.ts";

/** What a worker is, as far as it matters. */
export interface AcceptOptions {
  readonly store: ArtifactStore;
  readonly baseDirectory: string;
  readonly engine: EngineInfo;
  readonly digester: SourceDigester;
  readonly digestFile: DigestFile;
}

/** Why this worker must not do it; null where it may. */
export async function whyNot(
  data: StageJobData,
  options: AcceptOptions,
): Promise<string | null> {
  const { task, store } = data;
  const site = {
    store: options.store.location,
    baseDirectory: options.baseDirectory,
  };
  return await otherStore(store, options.store) ??
    otherEngine(task, options.engine) ??
    await otherSource(task, site, options.digester) ??
    await otherData(task, site, options.digestFile);
}

/**
 * Which source is another one than the key's; null where none is. It is asked
 * again before a result is kept.
 */
export async function otherSource(
  task: PortableTask,
  site: TaskSite,
  digester: SourceDigester,
): Promise<string | null> {
  for (const { what, place, url, digest } of sources(task, site)) {
    if (place !== null && !isThere(place, site)) {
      return `it has no ${pathOfPlace(place)}, the module of ${what}`;
    }
    const found = (await digester.digest([url])).get(url);
    if (found === digest) continue;
    const where = place === null ? "" : `, ${pathOfPlace(place)}`;
    return `its version of ${what}${where} is another one: ${
      short(found)
    }, the sweep wants ${short(digest)}`;
  }
  return null;
}

async function otherStore(
  mark: StageJobData["store"],
  store: ArtifactStore,
): Promise<string | null> {
  if (await store.care.references.has(mark)) return null;
  return `its store ${store.location} does not know run ${mark.run}: the sweep's store is ${mark.location}`;
}

function otherEngine(
  { fields, threads }: PortableTask,
  engine: EngineInfo,
): string | null {
  if (fields.engine === undefined) return null;
  const here: Record<string, string> = {
    engine: engine.name,
    "engine.version": engine.version,
  };
  const surroundings = engineSurroundings(engine.name, threads);
  for (const [name, value] of Object.entries(surroundings)) {
    here[`engine.${name}`] = value;
  }
  const names = Object.keys(fields).filter((name) =>
    name === "engine" ||
    name.startsWith("engine.") && name !== "engine.source"
  );
  for (const name of new Set([...names, ...Object.keys(here)])) {
    if (here[name] === fields[name]) continue;
    const what = name.replace(/^engine\.env\./, "variable ")
      .replace(".", " ");
    return `its ${what} is ${here[name] ?? "not set"}, the sweep wants ${
      fields[name] ?? "none"
    }`;
  }
  return null;
}

async function otherData(
  task: PortableTask,
  site: TaskSite,
  digest: DigestFile,
): Promise<string | null> {
  const prefix = "input.";
  const wanted = Object.entries(task.fields)
    .filter(([name]) => name.startsWith(prefix));
  if (wanted.length === 0) return null;
  const { module, options, baseDirectory } = unpackTask(task, site);
  const stage = await loadStage(module);
  try {
    const found = await stage.inputs?.(options, { baseDirectory, digest }) ??
      {};
    for (const [name, value] of wanted) {
      const input = name.slice(prefix.length);
      if (found[input] === value) continue;
      return `its data differ: "${input}" of stage "${stage.name}" is ${
        short(found[input])
      }, the sweep wants ${short(value)}`;
    }
    return null;
  } catch (error) {
    return `it cannot read the data: ${messageOf(error)}`;
  }
}

interface SourceOfTask {
  readonly what: string;
  /** Null: part of the program, and not named by the task. */
  readonly place: string | null;
  readonly url: string;
  readonly digest: string | undefined;
}

function sources(
  { address, fields, module, prior }: PortableTask,
  site: TaskSite,
): readonly SourceOfTask[] {
  return [
    {
      what: `stage "${address.stage}"`,
      place: module,
      url: moduleAt(module, site),
      digest: fields["stage.source"],
    },
    ...(prior === null ? [] : [{
      what: `prior "${fields.prior}"`,
      place: prior.module,
      url: moduleAt(prior.module, site),
      digest: fields["prior.source"],
    }]),
    ...(fields.engine === undefined ? [] : [{
      what: "the engine's kernels",
      place: null,
      url: ENGINE_MODULE,
      digest: fields["engine.source"],
    }]),
  ];
}

/** The first digits of a digest. */
function short(digest: string | undefined): string {
  return digest === undefined ? "missing" : digest.slice(0, 12);
}
