/**
 * Tasks that mean the same on another machine: modules by their place in the
 * program or beside the config, options as text, the store left out.
 *
 * Code does not travel. A worker finds a module at the same place in its own
 * checkout, and `accept.ts` compares digests before it runs anything.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Task } from "../pipeline/execute/messages.ts";
import type { SourceOf } from "../pipeline/provider.ts";
import { ownPath, sourcePath } from "../lib/extension.ts";
import { ROOT } from "../pipeline/source/imports.ts";
import { decodeValue, encodeValue } from "../store/codec.ts";

/** A task as it travels. */
export interface PortableTask extends
  Omit<
    Task,
    "module" | "given" | "sources" | "options" | "store" | "baseDirectory"
  > {
  readonly module: ModulePlace;
  readonly options: Packed;
  readonly given: readonly PortableGiven[];
  readonly sources: readonly (Omit<SourceOf, "module"> & {
    readonly module: ModulePlace;
  })[];
}

/** Something that the stage uses, as it travels. */
interface PortableGiven {
  readonly name: string;
  readonly module: ModulePlace;
  readonly sent: {
    readonly module: ModulePlace | null;
    readonly data: Packed;
  };
}

/** `program:core/vae/stages/train.ts` or `config:my_prior.ts`. */
export type ModulePlace = string;

/** Plain data, numbers that JSON lacks and typed arrays among it. */
interface Packed {
  readonly json: string;
  /** base64. */
  readonly arrays: string;
}

/** Where a task is to be run. */
export interface TaskSite {
  /** Location of the store. */
  readonly store: string;
  readonly baseDirectory: string;
}

/** A task as it travels. */
export function packTask(task: Task): PortableTask {
  const {
    store: _store,
    baseDirectory,
    module,
    options,
    given,
    sources,
    ...rest
  } = task;
  const place = (url: string) => placeOf(url, baseDirectory);
  return {
    ...rest,
    module: place(module),
    options: pack(options),
    given: given.map(({ name, module, sent }) => ({
      name,
      module: place(module),
      sent: {
        module: sent.module === null ? null : place(sent.module),
        data: pack(sent.data),
      },
    })),
    sources: sources.map((source) => ({
      ...source,
      module: place(source.module),
    })),
  };
}

/** The task that {@link packTask} was given, here. */
export function unpackTask(task: PortableTask, site: TaskSite): Task {
  const { module, options, given, sources, ...rest } = task;
  const here = (place: ModulePlace) => moduleAt(place, site);
  return {
    ...rest,
    ...site,
    module: here(module),
    options: unpack(options) as Task["options"],
    given: given.map(({ name, module, sent }) => ({
      name,
      module: here(module),
      sent: {
        module: sent.module === null ? null : here(sent.module),
        data: unpack(sent.data),
      },
    })),
    sources: sources.map((source) => ({
      ...source,
      module: here(source.module),
    })),
  };
}

/** File URL of a module here, whether or not it is there. */
export function moduleAt(
  place: ModulePlace,
  { baseDirectory }: Pick<TaskSite, "baseDirectory">,
): string {
  const [kind, path] = split(place);
  const file = kind === "program"
    ? resolve(ROOT, ownPath(path))
    : resolve(baseDirectory, path);
  return pathToFileURL(file).href;
}

/** Whether the module is there. */
export function isThere(
  place: ModulePlace,
  site: Pick<TaskSite, "baseDirectory">,
): boolean {
  return existsSync(fileURLToPath(moduleAt(place, site)));
}

/** Path of a module, for people. */
export function pathOfPlace(place: ModulePlace): string {
  return split(place)[1];
}

function placeOf(url: string, baseDirectory: string): ModulePlace {
  const path = fileURLToPath(url);
  const own = relative(ROOT, path);
  const isOwn = !own.startsWith(`..${sep}`);
  const [kind, way] = isOwn
    ? ["program", sourcePath(own)]
    : ["config", relative(baseDirectory, path)];
  return `${kind}:${way.split(sep).join("/")}`;
}

function split(place: ModulePlace): [kind: string, path: string] {
  const colon = place.indexOf(":");
  return [place.slice(0, colon), place.slice(colon + 1)];
}

function pack(value: unknown): Packed {
  const { json, arrays } = encodeValue(value);
  return { json, arrays: Buffer.from(arrays).toString("base64") };
}

function unpack({ json, arrays }: Packed): unknown {
  return decodeValue(json, Buffer.from(arrays, "base64"));
}
