/**
 * What is different between the fields of two keys, in words. Sources and what
 * other stages gave are named here, and explained by others.
 *
 * @module
 */

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
 * once, and what follows from another engine does not count.
 */
export function fieldChanges(
  before: KeyFields,
  after: KeyFields,
): readonly FieldChange[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])]
    .filter((name) => before[name] !== after[name])
    .filter((name) => before.engine === after.engine || !isOfEngine(name));
  const renamed = findRenamed(names, before, after);
  const old = new Set(renamed.values());
  return names.filter((name) => !old.has(name)).map((field) => {
    const was = renamed.get(field);
    return was === undefined ? change(field, before, after) : {
      field,
      before: before[was] ?? null,
      after: after[field] ?? null,
      text: `${nameOf(was, before)} is now ${memberOf(field)}`,
    };
  });
}

/** A stage's and a prior's name, for people: `stage train`, `prior beta`. */
export function ownerOf(field: string, fields: KeyFields): string {
  const [group = ""] = field.split(".");
  return group === "stage"
    ? `stage ${fields.stage}`
    : group === "prior"
    ? `prior ${fields.prior}`
    : group;
}

function change(
  field: string,
  before: KeyFields,
  after: KeyFields,
): FieldChange {
  const [was, is] = [before[field], after[field]];
  const name = nameOf(field, is === undefined ? before : after);
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
function nameOf(field: string, fields: KeyFields): string {
  const [group = ""] = field.split(".");
  const member = memberOf(field);
  switch (group) {
    case "option":
      return `${fields.stage}.${member}`;
    case "stage":
    case "prior":
      return field === group
        ? group
        : `${ownerOf(field, fields)}: ${member.replace(/^option\./, "")}`;
    case "engine":
      return field === group ? group : `engine ${member.replace(/^env\./, "")}`;
    default:
      return field.replace(".", " ");
  }
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
  const isOption = (name: string) => /^(prior\.)?option\./.test(name);
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

function isOfEngine(name: string): boolean {
  return name.startsWith("engine.") && name !== "engine.source";
}

function isShort(value: string | undefined): boolean {
  return value === undefined || value.length <= LONGEST;
}
