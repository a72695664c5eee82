/**
 * What stages may use of a trial besides options and inputs: a value of each axis
 * along which trials differ, and what all trials share, such as an engine.
 *
 * The pipeline knows of each no more than this: how it enters keys, how it is
 * sent to a worker, and that its module opens it there.
 *
 * @module
 */

import type { Lent, Stage } from "./stage.ts";

/** Everything a stage's output depends on, by field: digested for the key, compared for `reason`. */
export type KeyFields = Readonly<Record<string, string>>;

/** Something that stages may use, by its name in their `params`. */
export interface Provider<Value = unknown> {
  /** In `params` of a stage and in its context; also the first word of its fields in a key. */
  readonly name: string;
  /** Always `import.meta.url`; a worker takes the provider from there, its default export. */
  readonly module: string;
  /** Names of others that it is opened with: whoever uses this one uses them, too. */
  readonly with?: readonly string[];
  /** Whether to open it takes so long that idle workers do it ahead of their first stage. */
  readonly isSlow?: boolean;
  /** What of a value enters the keys of stages that use it, but for digests of sources. */
  fields(value: Value): KeyFields;
  /** The modules whose code counts, beside the stage's own. */
  sources(value: Value): readonly SourceOf[];
  /** A value as it is sent to a worker. */
  send(value: Value): SentValue;
  /** The value sent as it is on this machine, where another may have another; default the same. */
  here?(sent: SentValue): Promise<Value>;
  /**
   * What the context of a stage has under the name; `params` are those of the
   * stage, and `opened` what this one is opened `with`.
   *
   * @throws {UserError} where it cannot be had.
   */
  open(sent: SentValue, opening: Opening): unknown;
  /** What of it is kept beside an artifact, for estimates. */
  kept?(opened: unknown): Readonly<Record<string, unknown>>;
  /** Whether a line that a worker wrote comes with opening it, and tells nobody anything. */
  isNoise?(line: string): boolean;
}

/** A choice of the config in which trials differ. */
export interface Axis<Value = unknown> extends Provider<Value> {
  /** `compare`: its values are what the report sets side by side; `replicate`: it is averaged over. */
  readonly role: "compare" | "replicate";
  /** The key of the config that has its values, one or a list. */
  readonly configKey: string;
  /** Of a message: `latent dimensions`. */
  readonly plural: string;
  /** Whether names have it where there is but one value, too. */
  readonly isAlwaysNamed?: boolean;
  /** Whether a search has found its values: names go without, for all else tells trials apart. */
  readonly isTuned?: boolean;
  /** Whether a value is the one that everybody has who says nothing. */
  isUsual?(value: Value): boolean;
  /** `D=20`. */
  title(value: Value): string;
  /** `d20`: fit for a file name. */
  slug(value: Value): string;
  /** A value as a config in JSON would have it; default as it is. */
  write?(value: Value, baseDirectory: string): unknown;
  /** The option of a stage that it sets, in place of something to use. */
  readonly option?: { readonly stage: string; readonly name: string };
}

/** An option of a stage, and how it is called. */
export interface OptionAxis {
  readonly stage: string;
  readonly option: string;
  /** `learningRate`, or with its stage where another has such an option, too. */
  readonly called: string;
  /** Whether a search has found its values. */
  readonly isTuned?: boolean;
}

/** An axis with its values. */
export interface AxisValues<Value = unknown> {
  readonly axis: Axis<Value>;
  readonly values: readonly Value[];
}

/** A provider with the value of a trial. */
export interface Given<Value = unknown> {
  readonly provider: Provider<Value>;
  readonly value: Value;
}

/** A value as plain data, its module apart: that lies elsewhere on other machines. */
export interface SentValue {
  /** File URL of the module that the value comes from, where it comes from one. */
  readonly module: string | null;
  /** JSON values and typed arrays. */
  readonly data: unknown;
}

/** What {@link Provider.open} may look at. */
export interface Opening {
  readonly stage: Pick<Stage, "name" | "params">;
  readonly opened: Partial<Lent>;
}

/** One source of a key. */
export interface SourceOf {
  /** For people: `stage "train"`. */
  readonly what: string;
  /** File URL. */
  readonly module: string;
  /** Field of the key that has its digest. */
  readonly field: string;
}

/** Whether what a stage uses is a choice of the config. */
export function isAxis(provider: Provider): provider is Axis {
  return "role" in provider;
}

/** Whether a value comes as a plugin, from a module of its own. */
export function isPlugin({ provider, value }: Given): boolean {
  return isAxis(provider) && provider.sources(value).length > 0;
}
