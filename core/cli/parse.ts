/**
 * From words to a command and its flags.
 *
 * @module
 */

import { commandLine } from "../command_line.ts";
import { didYouMean, quoteAll } from "../config/suggest.ts";
import { hideCredentials } from "../credentials.ts";
import { UserError } from "../errors.ts";
import type { Command, Flags } from "./command.ts";
import {
  type CommandWords,
  type GivenFlag,
  readWords,
} from "./command_words.ts";
import { helpOf, helpOfAll, programVersion } from "./help.ts";

/** A command line, understood. */
export interface ParsedCommandLine {
  readonly command: Command;
  /** Flags and words. */
  readonly flags: Flags;
}

/**
 * Parses `argv`; null where it asked for help or for the version, which have
 * then been printed.
 *
 * @throws {UserError} for an unknown command or flag, with the one meant.
 */
export function parseCommandLine(
  argv: readonly string[],
  commands: readonly Command[],
): ParsedCommandLine | null {
  const command = findCommand(argv, commands);
  if (command === undefined) return withoutCommand(argv, commands);
  const given = readWords(argv, command.flags);
  if (given.asksForHelp) return print(helpOf(command));
  if (given.asksForVersion) return print(programVersion());
  const flags = readFlags(given.flags, command);
  return { command, flags: { ...flags, ...nameWords(given, command) } };
}

/** The command that `argv` names; flags may stand before it. */
export function findCommand(
  argv: readonly string[],
  commands: readonly Command[],
): Command | undefined {
  return commands.find(({ name, flags }) =>
    readWords(argv, flags).words[0] === name
  );
}

function withoutCommand(
  argv: readonly string[],
  commands: readonly Command[],
): null {
  const { words, flags, asksForVersion } = readWords(argv, []);
  const names = commands.map(({ name }) => name);
  const [first] = argv;
  if (words[0] !== undefined && words[0] === first) {
    throw new UserError(
      `Cannot run command "${
        hideCredentials(first)
      }": there is none, commands are ${quoteAll(names)}`,
      { hint: didYouMean(first, names) ?? `See ${commandLine("--help")}` },
    );
  }
  const [flag] = flags;
  if (flag !== undefined) {
    throw new UserError(
      `Cannot read "${flag.rawName}": want a command before it`,
      { hint: `Commands are ${quoteAll(names)}` },
    );
  }
  return print(asksForVersion ? programVersion() : helpOfAll(commands));
}

function print(text: string): null {
  console.info(text);
  return null;
}

/** The words after the command, by their names. */
function nameWords(given: CommandWords, command: Command): Flags {
  const { words = [] } = command;
  const after = given.words.slice(1);
  const hint = seeHelp(command);
  const extra = after[words.length];
  if (extra !== undefined) {
    const wanted = words.length === 0
      ? "no words, only flags"
      : `no more words than ${words.map(({ name }) => `<${name}>`).join(" ")}`;
    throw new UserError(
      `Cannot read "${
        hideCredentials(extra)
      }": command "${command.name}" takes ${wanted}`,
      { hint },
    );
  }
  const empty = words.find((_, i) => after[i] === "");
  if (empty !== undefined) {
    throw new UserError(
      `Cannot run "${command.name}": <${empty.name}> is empty, want ${empty.description}`,
      { hint },
    );
  }
  const missing = words[after.length];
  if (missing?.isRequired) {
    throw new UserError(
      `Cannot run "${command.name}": <${missing.name}> is missing, ${missing.description}`,
      { hint },
    );
  }
  return Object.fromEntries(after.map((word, i) => [words[i]!.name, word]));
}

/** Values by key: text, or true; several as a list. */
function readFlags(given: readonly GivenFlag[], command: Command): Flags {
  const flags: Record<string, unknown> = {};
  for (const one of given) {
    const { key, value } = readFlag(one, command);
    const before = flags[key];
    flags[key] = before === undefined || before === true && value === true
      ? value
      : [before, value].flat();
  }
  return flags;
}

function readFlag(
  { rawName, form, value }: GivenFlag,
  command: Command,
): { readonly key: string; readonly value: string | true } {
  if (form === undefined) {
    const names = command.flags.map(({ form }) => form.split(" ")[0] ?? form);
    throw new UserError(
      `Cannot read "${rawName}": command "${command.name}" has no such flag, it has ${
        quoteAll(names)
      }`,
      { hint: didYouMean(rawName, names) ?? seeHelp(command) },
    );
  }
  const refuse = (why: string) =>
    new UserError(`Cannot read "${form.form}": ${why}`, {
      hint: seeHelp(command),
    });
  if (value === "") throw refuse("its value is empty");
  if (form.value === "none" && value !== undefined) {
    throw refuse("it takes no value");
  }
  if (form.value === "required" && value === undefined) {
    throw refuse("its value is missing");
  }
  return { key: form.key, value: value ?? true };
}

function seeHelp({ name }: Command): string {
  return `See ${commandLine(`${name} --help`)}`;
}
