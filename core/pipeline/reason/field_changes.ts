/**
 * What is different between the fields of two keys, in words. Sources and what
 * other stages gave are named here, and explained by others.
 *
 * @module
 */

import { type Given, isAxis, isPlugin } from "../provider.ts";
import type { KeyFields } from "../types.ts";

/** One field that is not as it was. */
export interface FieldChange {
  /** As in the key, `option.epochs`. */
  readonly field: string;
  /** Null where it was not there. */
  readonly before: string | null;
  /** Null where it is not there any more. */
  readonly after: string | null;
  /** `train.epochs 20 -> 30`. */
  readonly text: string;
}

/** Longest value that is shown; digests are longer. */
const LONGEST = 60;

/**
 * Every difference, in the order of the fields: one that was renamed counts
 * once, and what follows from another engine, or whatever else is shared, does
 * not count. `given` is what the stage uses.
 */
export function fieldChanges(
  before: KeyFields,
  after: KeyFields,
  given: readonly Given[],
): readonly FieldChange[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])]
    .filter((name) => before[name] !== after[name])
    .filter((name) => !followsFromOther(name, { before, after, given }));
  const renamed = findRenamed(names, before, after);
  const old = new Set(renamed.values());
  return names.filter((name) => !old.has(name)).map((field) => {
    const was = renamed.get(field);
    return was === undefined ? change(field, before, after, given) : {
      field,
      before: before[was] ?? null,
      after: after[field] ?? null,
      text: `${nameOf(was, before, given)} is now ${memberOf(field)}`,
    };
  });
}

/** A stage's and a plugin's name, for people: `stage train`, `prior beta`. */
export function ownerOf(
  field: string,
  fields: KeyFields,
  given: readonly Given[],
): string {
  const [group = ""] = field.split(".");
  return group === "stage" || isOfPlugin(group, given)
    ? `${group} ${fields[group]}`
    : group;
}

function change(
  field: string,
  before: KeyFields,
  after: KeyFields,
  given: readonly Given[],
): FieldChange {
  const [was, is] = [before[field], after[field]];
  const name = nameOf(field, is === undefined ? before : after, given);
  return {
    field,
    before: was ?? null,
    after: is ?? null,
    text: isShort(was) && isShort(is)
      ? `${name} ${was ?? "unset"} -> ${is ?? "unset"}`
      : `${name} changed`,
  };
}

/** `train.epochs`, `prior beta: alpha`, `engine threads`. */
function nameOf(
  field: string,
  fields: KeyFields,
  given: readonly Given[],
): string {
  const [group = ""] = field.split(".");
  const member = memberOf(field);
  if (field === group) return group;
  if (group === "option") return `${fields.stage}.${member}`;
  if (group === "stage" || isOfPlugin(group, given)) {
    return `${ownerOf(field, fields, given)}: ${member}`;
  }
  return isShared(group, given)
    ? `${group} ${member.replace(/^env\./, "")}`
    : field.replace(".", " ");
}

function memberOf(field: string): string {
  return field.slice(field.indexOf(".") + 1).replace(/^option\./, "");
}

/** New names to old ones: options whose value went to another name, unmistakably. */
function findRenamed(
  names: readonly string[],
  before: KeyFields,
  after: KeyFields,
): ReadonlyMap<string, string> {
  const isOption = (name: string) => /^(\w+\.)?option\./.test(name);
  const gone = names.filter((name) => isOption(name) && !(name in after));
  const fresh = names.filter((name) => isOption(name) && !(name in before));
  return new Map(fresh.flatMap((name) => {
    const group = name.slice(0, name.indexOf("option."));
    const like = (other: string) => other.startsWith(`${group}option.`);
    const sources = gone.filter((old) =>
      like(old) && before[old] === after[name]
    );
    const targets = fresh.filter((other) =>
      like(other) && after[other] === after[name]
    );
    return sources.length === 1 && targets.length === 1
      ? [[name, sources[0]!] as const]
      : [];
  }));
}

function followsFromOther(
  field: string,
  { before, after, given }: {
    readonly before: KeyFields;
    readonly after: KeyFields;
    readonly given: readonly Given[];
  },
): boolean {
  const [group = ""] = field.split(".");
  return isShared(group, given) && before[group] !== after[group] &&
    field !== group && field !== `${group}.source`;
}

function isOfPlugin(group: string, given: readonly Given[]): boolean {
  return given.some((one) => one.provider.name === group && isPlugin(one));
}

function isShared(group: string, given: readonly Given[]): boolean {
  return given.some(({ provider }) =>
    provider.name === group && !isAxis(provider)
  );
}

function isShort(value: string | undefined): boolean {
  return value === undefined || value.length <= LONGEST;
}
