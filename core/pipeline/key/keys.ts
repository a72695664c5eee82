/**
 * What a stage's output depends on, field by field, and the key that is its
 * digest.
 *
 * | field | value |
 * | --- | --- |
 * | `stage`, `stage.version`, `stage.source` | name, version, source digest |
 * | `option.epochs` | each option, canonical JSON |
 * | `prior`, `prior.version`, `prior.source`, `prior.option.alpha` | a plugin that the stage uses: each begins with its name in `params` |
 * | `seed` | a number that the stage uses |
 * | `engine`, `engine.version`, `engine.threads` | what all trials share, where the stage uses it |
 * | `input.train-images` | what it reads from outside |
 * | `needs.dataset` | key of the stage that gives it |
 *
 * @module
 */

import { sha256 } from "../../lib/files.ts";
import type { Given, SourceOf } from "../provider.ts";
import type { Stage } from "../stage.ts";
import type { KeyFields } from "../types.ts";
import { canonicalJson } from "./canonical.ts";

/** Raised when artifacts of unchanged stages can no longer be read. */
const FORMAT = 1;

/** What {@link fieldsOf} puts together. */
export interface KeyParts {
  readonly stage: Stage;
  /** Of the stage, as {@link writeOptions} writes them. */
  readonly options: WrittenOptions;
  /** What of the trial the stage uses, with the fields that it has in keys. */
  readonly given: readonly GivenFields[];
  /** Name to digest, from the stage's `inputs`. */
  readonly outside: Readonly<Record<string, string>>;
  /** Artifact name to key. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Source digests by module URL. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Something given to a stage, and what of it stands in a key. */
export interface GivenFields extends Given {
  readonly fields: KeyFields;
}

/** Names with values as canonical JSON. */
export type WrittenOptions = readonly (readonly [string, string])[];

/**
 * Options as a key has them, without those that are not set; `owner` is in the
 * message where one cannot be: `stage "train"`.
 *
 * @throws {UserError} where a value is not plain data.
 */
export function writeOptions(
  options: Readonly<Record<string, unknown>>,
  owner: string,
): WrittenOptions {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      [name, canonicalJson(value, `option "${name}" of ${owner}`)] as const
    );
}

/** The fields of a stage's key. */
export function fieldsOf(parts: KeyParts): KeyFields {
  const { stage, given, sources } = parts;
  const fields: Record<string, string> = {
    stage: stage.name,
    "stage.version": String(stage.version),
    "stage.source": sources.get(stage.module)!,
  };
  for (const [name, value] of parts.options) fields[`option.${name}`] = value;
  // Changes are told in this order: who it is, its code, its options.
  for (const { provider, value, fields: own } of given) {
    for (const name of [provider.name, `${provider.name}.version`]) {
      if (name in own) fields[name] = own[name]!;
    }
    for (const { module, field } of provider.sources(value)) {
      fields[field] = sources.get(module)!;
    }
    Object.assign(fields, own);
  }
  for (const [name, digest] of Object.entries(parts.outside)) {
    fields[`input.${name}`] = digest;
  }
  for (const [name, key] of Object.entries(parts.inputs)) {
    fields[`needs.${name}`] = key;
  }
  return fields;
}

/** The modules that a stage's key depends on. */
export function sourcesOf(
  { name, module }: Pick<Stage, "name" | "module">,
  given: readonly Given[],
): readonly SourceOf[] {
  return [
    { what: `stage "${name}"`, module, field: "stage.source" },
    ...given.flatMap(({ provider, value }) => provider.sources(value)),
  ];
}

/** sha256 of the fields, in any order. */
export function keyOf(fields: KeyFields): string {
  return sha256(`${FORMAT} ${canonicalJson(fields, "the fields of a key")}`);
}
