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
import type { Task, TaskPrior } from "../pipeline/execute/messages.ts";
import { ROOT } from "../pipeline/source/imports.ts";
import { decodeValue, encodeValue } from "../store/codec.ts";

/** A task as it travels. */
export interface PortableTask extends
  Omit<
    Task,
    "module" | "prior" | "options" | "store" | "baseDirectory"
  > {
  readonly module: ModulePlace;
  readonly options: PackedOptions;
  readonly prior:
    | Omit<TaskPrior, "module" | "options"> & {
      readonly module: ModulePlace;
      readonly options: PackedOptions;
    }
    | null;
}

/** `program:core/stages/train.ts` or `config:my_prior.ts`. */
export type ModulePlace = string;

/** Plain data, numbers that JSON lacks and typed arrays among it. */
interface PackedOptions {
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
  const { store: _store, baseDirectory, module, options, prior, ...rest } =
    task;
  const place = (url: string) => placeOf(url, baseDirectory);
  return {
    ...rest,
    module: place(module),
    options: packOptions(options),
    prior: prior === null ? null : {
      ...prior,
      module: place(prior.module),
      options: packOptions(prior.options),
    },
  };
}

/** The task that {@link packTask} was given, here. */
export function unpackTask(task: PortableTask, site: TaskSite): Task {
  const { module, options, prior, ...rest } = task;
  return {
    ...rest,
    ...site,
    module: moduleAt(module, site),
    options: unpackOptions(options),
    prior: prior === null ? null : {
      ...prior,
      module: moduleAt(prior.module, site),
      options: unpackOptions(prior.options),
    },
  };
}

/** File URL of a module here, whether or not it is there. */
export function moduleAt(
  place: ModulePlace,
  { baseDirectory }: Pick<TaskSite, "baseDirectory">,
): string {
  const [kind, path] = split(place);
  const folder = kind === "program" ? ROOT : baseDirectory;
  return pathToFileURL(resolve(folder, path)).href;
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
    ? ["program", own]
    : ["config", relative(baseDirectory, path)];
  return `${kind}:${way.split(sep).join("/")}`;
}

function split(place: ModulePlace): [kind: string, path: string] {
  const colon = place.indexOf(":");
  return [place.slice(0, colon), place.slice(colon + 1)];
}

function packOptions(options: Readonly<Record<string, unknown>>) {
  const { json, arrays } = encodeValue(options);
  return { json, arrays: Buffer.from(arrays).toString("base64") };
}

function unpackOptions({ json, arrays }: PackedOptions) {
  return decodeValue(json, Buffer.from(arrays, "base64")) as Readonly<
    Record<string, unknown>
  >;
}
