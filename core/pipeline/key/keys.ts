/**
 * What a stage's output depends on, field by field, and the key that is its
 * digest.
 *
 * | field | value |
 * | --- | --- |
 * | `stage`, `stage.version`, `stage.source` | name, version, source digest |
 * | `option.epochs` | each option, canonical JSON |
 * | `prior`, `prior.version`, `prior.source`, `prior.option.alpha` | the prior, where used |
 * | `latentDim`, `seed` | where used |
 * | `engine`, `engine.version`, `engine.source` | where used; our kernels count as source |
 * | `engine.threads`, `engine.cpu`, `engine.env.ONEDNN_MAX_CPU_ISA` | where used, and where they change the engine's last digits |
 * | `input.train-images` | what it reads from outside |
 * | `needs.dataset` | key of the stage that gives it |
 *
 * @module
 */

import type { ResolvedPrior } from "../../config/types.ts";
import type { EngineInfo } from "../../engine/engine.ts";
import type { EngineSurroundings } from "../../engine/surroundings.ts";
import { sha256 } from "../../store/files.ts";
import { canonicalJson } from "./canonical.ts";
import type { Stage } from "../stage.ts";
import type { KeyFields } from "../types.ts";

/** Raised when artifacts of unchanged stages can no longer be read. */
const FORMAT = 1;

/** The module whose source stands for an engine with all our kernels. */
export const ENGINE_MODULE: string =
  new URL("../../engine/start.ts", import.meta.url).href;

/** What {@link fieldsOf} puts together; null where the stage does not use it. */
export interface KeyParts {
  readonly stage: Stage;
  /** Of the stage, as {@link writeOptions} writes them. */
  readonly options: WrittenOptions;
  readonly prior: ResolvedPrior | null;
  /** Of the prior. */
  readonly priorOptions: WrittenOptions;
  readonly latentDim: number | null;
  /** The run's; with the stage's name it gives the stage's own. */
  readonly seed: number | null;
  readonly engine: EngineInfo | null;
  readonly surroundings: EngineSurroundings;
  /** Name to digest, from the stage's `inputs`. */
  readonly outside: Readonly<Record<string, string>>;
  /** Artifact name to key. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Source digests by module URL. */
  readonly sources: ReadonlyMap<string, string>;
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
  const { stage, prior, latentDim, seed, engine, sources } = parts;
  const fields: Record<string, string> = {
    stage: stage.name,
    "stage.version": String(stage.version),
    "stage.source": sources.get(stage.module)!,
  };
  for (const [name, value] of parts.options) fields[`option.${name}`] = value;
  if (prior !== null) {
    const { definition } = prior;
    fields.prior = definition.name;
    fields["prior.version"] = definition.version;
    fields["prior.source"] = sources.get(definition.module)!;
    for (const [name, value] of parts.priorOptions) {
      fields[`prior.option.${name}`] = value;
    }
  }
  if (latentDim !== null) fields.latentDim = String(latentDim);
  if (seed !== null) fields.seed = String(seed);
  if (engine !== null) {
    fields.engine = engine.name;
    fields["engine.version"] = engine.version;
    fields["engine.source"] = sources.get(ENGINE_MODULE)!;
    for (const [name, value] of Object.entries(parts.surroundings)) {
      fields[`engine.${name}`] = value;
    }
  }
  for (const [name, digest] of Object.entries(parts.outside)) {
    fields[`input.${name}`] = digest;
  }
  for (const [name, key] of Object.entries(parts.inputs)) {
    fields[`needs.${name}`] = key;
  }
  return fields;
}

/** The modules that a stage's key depends on: what for, URL, field of the digest. */
export function sourcesOf(
  stage: Stage,
  prior: ResolvedPrior | null,
): readonly SourceOf[] {
  const sources: SourceOf[] = [
    {
      what: `stage "${stage.name}"`,
      module: stage.module,
      field: "stage.source",
    },
  ];
  if (prior !== null) {
    const { name, module } = prior.definition;
    sources.push({ what: `prior "${name}"`, module, field: "prior.source" });
  }
  if (stage.uses.includes("engine")) {
    sources.push({
      what: "the engine",
      module: ENGINE_MODULE,
      field: "engine.source",
    });
  }
  return sources;
}

/** One source of a key. */
export interface SourceOf {
  readonly what: string;
  /** File URL. */
  readonly module: string;
  readonly field: string;
}

/** sha256 of the fields, in any order. */
export function keyOf(fields: KeyFields): string {
  return sha256(`${FORMAT} ${canonicalJson(fields, "the fields of a key")}`);
}
