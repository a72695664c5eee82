/**
 * From words to a command and its flags.
 *
 * @module
 */

import { commandLine } from "../lib/command_line.ts";
import { didYouMean, quoteAll } from "../lib/suggest.ts";
import { hideCredentials } from "../lib/credentials.ts";
import { UserError } from "../lib/errors.ts";
import type { Command, Flags } from "./command.ts";
import { type CommandLine, nameOf, readCommandLine } from "./program.ts";

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
  const [first, second, ...rest] = argv;
  const asked = commands.find(({ name }) => name === first);
  if (asked?.hasRest && second === "--") {
    return { command: asked, flags: { rest } };
  }
  const line = readCommandLine(argv, commands);
  const { cli } = line;
  const command = commands.find(({ name }) => name === line.command?.name);
  if (command === undefined) refuseUnknownCommand(argv, line, commands);
  const isEmpty = command === undefined && line.flags.length === 0;
  if (cli.options.help || isEmpty) {
    cli.outputHelp();
    return null;
  }
  if (cli.options.version) {
    cli.outputVersion();
    return null;
  }
  if (command === undefined) throw wantCommand(line, commands);
  refuseFlags(line, command);
  const flags = readFlags(line, command);
  return { command, flags: { ...flags, ...nameWords(line, command) } };
}

function refuseUnknownCommand(
  argv: readonly string[],
  { words: [word] }: CommandLine,
  commands: readonly Command[],
): void {
  if (word === undefined || word !== argv.find((one) => one !== "--")) return;
  const names = commands.map(({ name }) => name);
  throw new UserError(
    `Cannot run command "${
      hideCredentials(word)
    }": there is none, commands are ${quoteAll(names)}`,
    { hint: didYouMean(word, names) ?? `See ${commandLine("--help")}` },
  );
}

function wantCommand(
  { flags: [flag = ""] }: CommandLine,
  commands: readonly Command[],
): UserError {
  const name = nameOf(flag);
  const all = commands.flatMap(({ flags }) => flags).map(({ form }) =>
    nameOf(form)
  );
  const isKnown = all.includes(name);
  return new UserError(`Cannot read "${name}": want a command before it`, {
    hint: (isKnown ? undefined : didYouMean(name, all)) ??
      `Commands are ${quoteAll(commands.map(({ name }) => name))}`,
  });
}

/** Refuses flags that the command has not, and values of switches. */
function refuseFlags(line: CommandLine, command: Command): void {
  const names = command.flags.map(({ form }) => nameOf(form));
  for (const flag of line.flags) {
    const name = nameOf(flag);
    const known = line.command?.options[names.indexOf(name)];
    if (known === undefined) {
      throw new UserError(
        `Cannot read "${name}": command "${command.name}" has no such flag, it has ${
          quoteAll(names)
        }`,
        { hint: didYouMean(name, names) ?? otherwise(names, command) },
      );
    }
    if (known.isBoolean && flag !== name) {
      throw new UserError(`Cannot read "${known.rawName}": it takes no value`, {
        hint: seeHelp(command),
      });
    }
  }
}

/** A config's key is no flag, and is taken for one. */
function otherwise(names: readonly string[], command: Command): string {
  const help = seeHelp(command);
  return names.includes("--set")
    ? `${help}; a key of the config is set as in --set train.epochs=5`
    : help;
}

/** Values by key: text, or true; several as a list. */
function readFlags(line: CommandLine, command: Command): Flags {
  const flags: Record<string, unknown> = {};
  for (const flag of line.command?.options ?? []) {
    const values = line.valuesOf(flag);
    const why = values.includes("")
      ? "its value is empty"
      : flag.required && values.includes(true)
      ? "its value is missing"
      : undefined;
    if (why !== undefined) {
      throw new UserError(`Cannot read "${flag.rawName}": ${why}`, {
        hint: seeHelp(command),
      });
    }
    const isOne = values.length === 1 || values.every((one) => one === true);
    if (values.length > 0) flags[flag.name] = isOne ? values[0] : values;
  }
  return flags;
}

/** The words after the command, by their names. */
function nameWords(line: CommandLine, command: Command): Flags {
  const { words = [] } = command;
  const after = line.words;
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

function seeHelp({ name }: Command): string {
  return `See ${commandLine(`${name} --help`)}`;
}
