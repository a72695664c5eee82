/**
 * Flags that several commands share, and how flags are read.
 *
 * @module
 */

import { textKeys } from "../config/schema.ts";
import { type Override, parseOverride } from "../config/overrides.ts";
import { UserError } from "../lib/errors.ts";
import type { Flag, Flags } from "./command.ts";

/** Flags that choose and change the config. */
export const configFlags: readonly Flag[] = [
  {
    form: "--config <file>",
    description: "Config file; default pipeline.config.* here or above",
    values: "file",
  },
  {
    form: "--set <key=value>",
    description: "Change one value, train.epochs=3; may be repeated",
    values: "option",
  },
  { form: "--seed <n>", description: "Seed of the run; may be repeated" },
  {
    form: "--preset <name>",
    description: 'Overlay of the config; "full" is none',
    values: "preset",
  },
  {
    form: "--engine <engine>",
    description: "auto, native, wasm or cpu",
    values: ["auto", "native", "wasm", "cpu"],
  },
  {
    form: "--threads <n>",
    description: "Threads of the engine in each stage; default 1",
  },
];

/** Chooses trials. */
export const runFlag: Flag = {
  form: "--run <trial>",
  description:
    "Only this trial of the matrix, by its id or label; may be repeated",
  values: "trial",
};

/** Chooses stages. */
export const stageFlags: readonly Flag[] = [
  {
    form: "--only <stage>",
    description: "Run this stage alone; what it needs must be cached",
    values: "stage",
  },
  {
    form: "--from <stage>",
    description: "Run this stage and those after it",
    values: "stage",
  },
  {
    form: "--to <stage>",
    description: "Stop after this stage",
    values: "stage",
  },
  {
    form: "--force [stage]",
    description: "Run stages again though cached: all, or this one",
    values: "stage",
  },
];

/** The one of {@link configFlags} that says where results are. */
export const placeFlags: readonly Flag[] = configFlags.slice(0, 1);

/** For programs. */
export const jsonFlag: Flag = {
  form: "--json",
  description: "Print one JSON object",
};

/** What {@link configFlags} say. */
export interface ConfigChoice {
  readonly file: string | undefined;
  readonly preset: string | undefined;
  readonly overrides: readonly Override[];
}

/**
 * Reads {@link configFlags}, and `--concurrency` where a command has it.
 *
 * @throws {UserError} where a `--set` cannot be read.
 */
export function readConfigFlags(flags: Flags): ConfigChoice {
  const overrides = readTexts(flags, "set").map((text) =>
    parseOverride(text, textKeys)
  );
  for (const key of ["seed", "engine", "threads", "concurrency"]) {
    const values = readTexts(flags, key).map(
      key === "engine" ? String : number,
    );
    if (values.length === 0) continue;
    const value = values.length === 1 ? values[0] : values;
    overrides.push({ path: [key], value });
  }
  return {
    file: readText(flags, "config"),
    preset: readText(flags, "preset"),
    overrides,
  };
}

/**
 * The text of a flag that is given at most once.
 *
 * @throws {UserError} where it is repeated.
 */
export function readText(flags: Flags, name: string): string | undefined {
  const texts = readTexts(flags, name);
  if (texts.length > 1) {
    throw new UserError(
      `Cannot read --${name}: found it ${texts.length} times, want it once`,
    );
  }
  return texts[0];
}

/**
 * The port that a flag names; undefined where it names none.
 *
 * @throws {UserError} where it is no port.
 */
export function readPort(
  text: string | undefined,
  flag: string,
): number | undefined {
  if (text === undefined) return undefined;
  if (isWhole(text, 1, 65535)) return Number(text);
  throw new UserError(
    `Cannot read ${flag}: found "${text}", want a port, 1 to 65535`,
  );
}

/**
 * Reads a whole number of at least `min`.
 *
 * @throws {UserError} where it is something else.
 */
export function readCount(
  flags: Flags,
  name: string,
  { min, otherwise }: { readonly min: number; readonly otherwise: number },
): number {
  const text = readText(flags, name);
  if (text === undefined) return otherwise;
  if (isWhole(text, min)) return Number(text);
  throw new UserError(
    `Cannot use --${name} ${text}: want a whole number, at least ${min}`,
  );
}

/** The texts of a flag that may be repeated. */
export function readTexts(flags: Flags, name: string): string[] {
  return readList(flags, name).map(String);
}

/** Text that is no number stays, for the config to say what it wants. */
function number(text: string): number | string {
  return Number.isFinite(Number(text)) ? Number(text) : text;
}

function isWhole(text: string, min: number, max = Infinity): boolean {
  const number = Number(text);
  return Number.isInteger(number) && number >= min && number <= max;
}

function readList(flags: Flags, name: string): unknown[] {
  const value = flags[name];
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
