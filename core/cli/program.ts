/**
 * The program as cac knows it: commands and flags, help, version; and a command
 * line that cac has read.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { type CAC, cac, type Command as KnownCommand } from "cac";
import { commandLine } from "../lib/command_line.ts";
import { MANIFEST } from "../lib/extension.ts";
import type { Command } from "./command.ts";

/** A flag as cac has read its form. */
export type KnownFlag = KnownCommand["options"][number];

/** A command line that cac has read; nothing has been printed. */
export interface CommandLine {
  /** Prints help, also on the command, and the version. */
  readonly cli: CAC;
  /** Undefined where it names none; flags may stand before it. */
  readonly command: KnownCommand | undefined;
  /** The words behind the command; all, where there is none. */
  readonly words: readonly string[];
  /** Flags as they were typed: `--dry`, `--config=a.ts`. */
  readonly flags: readonly string[];
  /** What a flag was given: text, or true where nothing follows it. */
  valuesOf(flag: KnownFlag): readonly (string | true)[];
}

const PROGRAM = "vae-priors";
const IS_FLAG = /^--?[a-z]/i;
/**
 * cac makes numbers of text that looks like one, `--out 007` to 7, before any
 * option has a say. So all text has this in front while cac reads it; no word
 * that a process is given can hold it.
 */
const MARK = "\0";

/** Reads `argv`, and refuses nothing. */
export function readCommandLine(
  argv: readonly string[],
  commands: readonly Command[],
): CommandLine {
  const cli = declare(commands);
  const given = withoutDashes(argv);
  const names = commands.map(({ name }) => name);
  cli.parse(["node", PROGRAM, ...mark(given, names)], { run: false });
  return {
    cli,
    command: cli.matchedCommand,
    words: [...cli.args, ...cli.options["--"]].map(unmark),
    flags: given.slice(0, endOf(given)).filter((word) => IS_FLAG.test(word)),
    valuesOf: ({ name }) => [cli.options[name] ?? []].flat().map(unmark),
  };
}

/** `--older-than`, of `--older-than <time>` as of `--older-than=30d`. */
export function nameOf(flag: string): string {
  return flag.split(/[ =]/, 1)[0]!;
}

function declare(commands: readonly Command[]): CAC {
  const cli = cac(PROGRAM).usage("<command> [--flags]");
  for (const { name, words = [], ...command } of commands) {
    const forms = words.map(({ name, isRequired }) =>
      isRequired ? `<${name}>` : `[${name}]`
    );
    const usage = [name, ...forms].join(" ");
    const declared = cli.command(usage, command.description)
      .usage(`${usage} [--flags]`);
    for (const flag of command.flags) {
      declared.option(flag.form, flag.description);
    }
    for (const example of command.examples) {
      declared.example(`  $ ${PROGRAM} ${example}`);
    }
  }
  cli.help((sections) => {
    const description = cli.matchedCommand?.description;
    const about = description === undefined ? [] : [{ body: description }];
    return [...sections.slice(0, 1), ...about, ...sections.slice(1)]
      .map((section) => ({ ...section, body: asTyped(section) }));
  });
  cli.version(readVersion());
  // Whoever reads a command line for the flags that npm took wants no answer.
  cli.showHelpOnExit = cli.showVersionOnExit = false;
  return cli;
}

/** Commands as they are typed here; of those for more help, one will do. */
function asTyped({ title, body }: { title?: string; body: string }): string {
  const shown = title?.startsWith("For more info")
    ? body.split("\n", 1)[0]!
    : body;
  return shown.replace(
    new RegExp(String.raw`^  \$ ${PROGRAM} (.*)$`, "gm"),
    (_, words: string) => `  ${commandLine(words)}`,
  );
}

function mark(argv: readonly string[], names: readonly string[]): string[] {
  const end = endOf(argv);
  return argv.map((word, i) => {
    if (i === end || i < end && names.includes(word)) return word;
    if (i > end || !IS_FLAG.test(word)) return MARK + word;
    const name = nameOf(word);
    // A dot is for objects, of which there are none: `--set.x` is no `--set`.
    return name.replaceAll(".", MARK) +
      word.slice(name.length).replace("=", `=${MARK}`);
  });
}

/** Where the words behind `--` begin. */
function endOf(argv: readonly string[]): number {
  return argv.includes("--") ? argv.indexOf("--") : argv.length;
}

function unmark<T>(value: T): T | string {
  return typeof value === "string" && value.startsWith(MARK)
    ? value.slice(MARK.length)
    : value;
}

/**
 * Behind `--` come words, but where it is the first, or one of them is plainly
 * a flag, it was meant for the package manager, which has passed it on.
 */
function withoutDashes(argv: readonly string[]): readonly string[] {
  const at = argv.indexOf("--");
  const isPassedOn = at === 0 || at !== -1 &&
      argv.slice(at + 1).some((word) => /^(?:--[a-z].*|-[hv])$/is.test(word));
  return isPassedOn ? argv.toSpliced(at, 1) : argv;
}

function readVersion(): string {
  return JSON.parse(readFileSync(MANIFEST, "utf8")).version;
}
