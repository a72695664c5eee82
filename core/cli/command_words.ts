/**
 * The words of a command line, told apart: flags with their values, and words.
 *
 * @module
 */

import { parseArgs } from "node:util";
import type { Flag } from "./command.ts";

/** What a flag's form says: `--older-than <time>`. */
export interface FlagForm {
  /** As in {@link Flag}. */
  readonly form: string;
  /** `older-than`. */
  readonly name: string;
  /** `olderThan`, as commands find it. */
  readonly key: string;
  readonly value: "none" | "optional" | "required";
}

/** A flag as it was given. */
export interface GivenFlag {
  /** `--dry`, `-d`. */
  readonly rawName: string;
  /** Undefined where the command has none of that name. */
  readonly form: FlagForm | undefined;
  /** Always text, whatever it looks like. */
  readonly value: string | undefined;
}

/** A command line, told apart. */
export interface CommandWords {
  readonly flags: readonly GivenFlag[];
  /** The command among them, as the first. */
  readonly words: readonly string[];
  readonly asksForHelp: boolean;
  readonly asksForVersion: boolean;
}

const GLOBAL = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;
/** A value that somebody has left out, and what stands in its place; no number. */
const IS_FLAG = /^-(?![\d.])/;

/** Reads a flag's form. */
export function readForm({ form }: Flag): FlagForm {
  const [first = "", value] = form.split(" ");
  const name = first.replace(/^--/, "");
  return {
    form,
    name,
    key: name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    value: value === undefined
      ? "none"
      : value.startsWith("[")
      ? "optional"
      : "required",
  };
}

/**
 * Tells the words of `argv` apart for a command that has these flags. Behind
 * `--` come words, but where one of them is plainly a flag, `--` was meant for
 * the package manager, which has passed it on.
 */
export function readWords(
  argv: readonly string[],
  flags: readonly Flag[],
): CommandWords {
  const forms = flags.map(readForm);
  const { tokens } = parseArgs({
    args: withoutDashes(argv),
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      ...GLOBAL,
      ...Object.fromEntries(forms.map(({ name, value }) => [
        name,
        { type: value === "required" ? "string" : "boolean" } as const,
      ])),
    },
  });
  const given: GivenFlag[] = [];
  const words: string[] = [];
  const asked = new Set<string>();
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    if (Object.hasOwn(GLOBAL, token.name)) asked.add(token.name);
    else {
      const form = forms.find(({ name }) => name === token.name);
      const next = tokens[i + 1];
      const isNext = form?.value === "optional" && token.value === undefined &&
        next?.kind === "positional";
      if (isNext) i++;
      const value = isNext ? next.value : token.value;
      const isLeftOut = token.inlineValue === false &&
        IS_FLAG.test(token.value);
      given.push({
        rawName: token.rawName,
        form,
        value: isLeftOut ? undefined : value,
      });
    }
  }
  return {
    flags: given,
    words,
    asksForHelp: asked.has("help"),
    asksForVersion: asked.has("version"),
  };
}

function withoutDashes(argv: readonly string[]): string[] {
  const at = argv.indexOf("--");
  const isOfFlags = at !== -1 &&
    argv.slice(at + 1).some((word) => /^(?:--[a-z].*|-[hv])$/is.test(word));
  return isOfFlags ? argv.toSpliced(at, 1) : [...argv];
}
