/**
 * Whether a worker may do a stage: its code, engine, data and store must be
 * those that the key was made of, or the result would pass for another one.
 *
 * @module
 */

import { messageOf } from "../lib/errors.ts";
import type { DigestFile } from "../pipeline/key/file_digest.ts";
import type { SourceDigester } from "../pipeline/source/digest.ts";
import { loadProvider, loadStage } from "../pipeline/load_stage.ts";
import type { KeyFields } from "../pipeline/types.ts";
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
    await otherMachine(task, site) ??
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
  for (const { what, module, field } of task.sources) {
    const path = pathOfPlace(module);
    if (!isThere(module, site)) {
      return `it has no ${path}, the module of ${what}`;
    }
    const url = moduleAt(module, site);
    const found = (await digester.digest([url])).get(url);
    const digest = task.fields[field];
    if (found === digest) continue;
    return `its version of ${what}, ${path}, is another one: ${
      short(found)
    }, the sweep wants ${short(digest)}`;
  }
  return null;
}

async function otherStore(
  mark: StageJobData["store"],
  store: ArtifactStore,
): Promise<string | null> {
  if (await store.admin.references.has(mark)) return null;
  return `its store ${store.location} does not know run ${mark.run}: the sweep's store is ${mark.location}`;
}

/** What of this machine is not what the key says, such as its engine. */
async function otherMachine(
  task: PortableTask,
  site: TaskSite,
): Promise<string | null> {
  for (const { name, module, sent } of unpackTask(task, site).given) {
    const provider = await loadProvider(module);
    if (provider.here === undefined) continue;
    let here: KeyFields;
    try {
      here = provider.fields(await provider.here(sent));
    } catch (error) {
      return `it cannot have the ${name} of the sweep: ${messageOf(error)}`;
    }
    const wanted = Object.keys(task.fields).filter((field) =>
      field === name ||
      field.startsWith(`${name}.`) && field !== `${name}.source`
    );
    for (const field of new Set([...wanted, ...Object.keys(here)])) {
      if (here[field] === task.fields[field]) continue;
      const what = field.replace(`${name}.env.`, "variable ")
        .replace(".", " ");
      return `its ${what} is ${here[field] ?? "not set"}, the sweep wants ${
        task.fields[field] ?? "none"
      }`;
    }
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
    const found =
      await stage.externalFiles?.(options, { baseDirectory, digest }) ??
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

/** The first digits of a digest. */
function short(digest: string | undefined): string {
  return digest === undefined ? "missing" : digest.slice(0, 12);
}
