/**
 * The stage contract: a step of the pipeline that needs artifacts and gives
 * artifacts.
 *
 * @module
 */

import type * as v from "valibot";
import type { ArtifactName, Artifacts } from "./artifacts.ts";
import type { Checkpoint, Continues, EarlierArtifact } from "./continues.ts";
import type { Judged } from "./search/judged.ts";
import type { DigestFile } from "./key/file_digest.ts";

/** A schema of options: `v.strictObject({ ... })`. */
export type OptionsSchema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

/**
 * What a context has of the trial, by its name in `params`. It enters the stage's
 * cache key, and what a stage does not declare its context does not have.
 * Whoever adds a provider adds its type by declaration merging.
 */
// deno-lint-ignore no-empty-interface
export interface Lent {}

/** What of the trial a stage depends on besides its options and inputs. */
export type Param = keyof Lent & string;

/**
 * What the runner lends a stage: everything that is neither artifact nor option,
 * and of the trial what the stage declares in `params`. Reading anything else of
 * the trial does not compile, and throws.
 */
export type StageContext<Params extends Param = Param> =
  & StageServices
  & Pick<Lent, Params>;

/** What every stage may use, whatever it declares. */
export interface StageServices {
  /** Folder of the config: relative paths in options start there. */
  readonly baseDirectory: string;
  /** Files written here become part of the artifact, whole or not at all. */
  readonly directory: string;
  /** For going on after Ctrl-C, a crash or a power cut. */
  readonly checkpoint: Checkpoint;
  /**
   * The artifact that `continues` of the stage said to go on from, verified;
   * null where there is none, or it is not whole.
   */
  earlier(): Promise<EarlierArtifact | null>;
  /** A line of `metrics.jsonl`; also the numbers beside a progress bar. */
  log(record: Readonly<Record<string, number | string>>): void;
  /** A word to the person: shown at once and kept with the run. */
  warn(message: string): void;
  /** A word about this attempt alone: shown at once, and not kept. */
  note(message: string): void;
  /** `fields` are shown beside the bar: `{ loss: 104.2 }`. */
  progress(
    done: number,
    total: number,
    fields?: Readonly<Record<string, number>>,
  ): void;
  /** Fires on Ctrl-C; a long stage saves a checkpoint and throws `signal.reason`. */
  readonly signal: AbortSignal;
}

/** What `externalFiles` of a stage may use. */
interface Outside {
  /** Folder of the config: relative paths in options start there. */
  readonly baseDirectory: string;
  /** sha256 of a file; a plan remembers it while the file is not touched. */
  readonly digest: DigestFile;
}

/** Where an option of a stage is now: an option of a value of an axis. */
interface MovedOption {
  /** Key of the axis in a config: `objectives`. */
  readonly key: string;
  /** The value whose option it is, as a config names it: `elbo`. */
  readonly name: string;
  readonly option: string;
}

/** A stage as its author declares it; `inputs` and `outputs` fix the types of `run`. */
export interface StageDefinition<
  Inputs extends ArtifactName,
  Outputs extends ArtifactName,
  Schema extends OptionsSchema,
  Params extends Param = Param,
> {
  /** snake_case; also the key of its options in a config. */
  readonly name: string;
  /** Raised when the meaning of the stage's output changes. */
  readonly version: number;
  /** Always `import.meta.url`. */
  readonly module: string;
  readonly description: string;
  readonly options: Schema;
  /** Options that it had once: who still writes one is told where it is now. */
  readonly moved?: Readonly<Record<string, MovedOption>>;
  readonly inputs: readonly Inputs[];
  readonly outputs: readonly Outputs[];
  readonly params: readonly Params[];
  /**
   * Digests of what the stage reads from outside (data files), for the cache
   * key: name to sha256 or to any exact description.
   */
  externalFiles?(
    options: v.InferOutput<Schema>,
    outside: Outside,
  ): Promise<Readonly<Record<string, string>>>;
  /** Where less of the same is a beginning; `run` then asks `context.earlier`. */
  readonly continues?: Continues<v.InferOutput<Schema>>;
  /** Where its result says how good its options, and those of what it needs, are. */
  readonly judged?: Judged<v.InferOutput<Schema>>;
  run(
    inputs: Pick<Artifacts, Inputs>,
    options: v.InferOutput<Schema>,
    context: StageContext<Params>,
  ): Promise<Pick<Artifacts, Outputs>>;
}

/** A stage inside the core, its types forgotten. */
export interface Stage {
  readonly kind: "stage";
  readonly name: string;
  readonly version: number;
  readonly module: string;
  readonly description: string;
  readonly options: OptionsSchema;
  readonly moved?: Readonly<Record<string, MovedOption>>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly params: readonly string[];
  externalFiles?(
    options: unknown,
    outside: Outside,
  ): Promise<Readonly<Record<string, string>>>;
  readonly continues?: Continues<unknown>;
  readonly judged?: Judged<Readonly<Record<string, unknown>>>;
  run(
    inputs: Readonly<Record<string, unknown>>,
    options: unknown,
    context: StageServices & Partial<Lent>,
  ): Promise<Readonly<Record<string, unknown>>>;
}

/** Declares a stage; the default export of a stage's module. */
export function defineStage<
  const Inputs extends ArtifactName,
  const Outputs extends ArtifactName,
  const Schema extends OptionsSchema,
  const Params extends Param,
>(definition: StageDefinition<Inputs, Outputs, Schema, Params>): Stage {
  return { kind: "stage", ...definition } as unknown as Stage;
}
