/**
 * From words to a command and its flags, with cac.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { type CAC, cac } from "cac";
import { didYouMean, quoteAll } from "../config/suggest.ts";
import { messageOf, UserError } from "../errors.ts";
import type { Command, Flags } from "./command.ts";

/** A command line, understood. */
export interface ParsedCommandLine {
  readonly command: Command;
  /** Flags and words. */
  readonly flags: Flags;
}

const PROGRAM = "vae-priors";

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
  const cli = declare(commands);
  if (argv.length === 0) {
    cli.outputHelp();
    return null;
  }
  // Before cac, which would print help for a command that is none.
  refuseUnknownCommand(argv[0] ?? "", commands);
  cli.parse(["node", PROGRAM, ...argv], { run: false });
  if (cli.options.help === true || cli.options.version === true) return null;
  const command = commands.find(({ name }) => name === cli.matchedCommandName);
  if (command === undefined) {
    throw new UserError(`Cannot read "${argv[0]}": want a command before it`, {
      hint: `Commands are ${quoteAll(commands.map(({ name }) => name))}`,
    });
  }
  const words = readWords(cli, command);
  refuseUnknownFlags(cli, command);
  try {
    cli.matchedCommand?.checkOptionValue();
  } catch (cause) {
    const form = /`(.*?)`/.exec(messageOf(cause))?.[1] ?? "";
    throw new UserError(`Cannot read "${form}": its value is missing`, {
      hint: `See ${PROGRAM} ${command.name} --help`,
      cause,
    });
  }
  const { "--": _, ...flags } = cli.options;
  return { command, flags: { ...flags, ...words } };
}

function declare(commands: readonly Command[]): CAC {
  const cli = cac(PROGRAM);
  for (const command of commands) {
    const { description, flags, examples } = command;
    const declared = cli.command(usageOf(command), description);
    for (const flag of flags) declared.option(flag.form, flag.description);
    for (const example of examples) {
      declared.example(`  $ ${PROGRAM} ${example}`);
    }
  }
  cli.help();
  cli.version(readVersion());
  return cli;
}

function refuseUnknownCommand(
  word: string,
  commands: readonly Command[],
): void {
  const names = commands.map(({ name }) => name);
  if (word.startsWith("-") || names.includes(word)) return;
  throw new UserError(
    `Cannot run command "${word}": there is none, commands are ${
      quoteAll(names)
    }`,
    { hint: didYouMean(word, names) ?? `See ${PROGRAM} --help` },
  );
}

/** `check <plugin> [json]` */
function usageOf({ name, words = [] }: Command): string {
  const forms = words.map(({ name, isRequired }) =>
    isRequired ? `<${name}>` : `[${name}]`
  );
  return [name, ...forms].join(" ");
}

/** The words after the command, by their names. */
function readWords(cli: CAC, command: Command): Flags {
  const { words = [] } = command;
  const given = [...cli.args, ...(cli.options["--"] ?? [])].map(String);
  const hint = `See ${PROGRAM} ${command.name} --help`;
  const extra = given[words.length];
  if (extra !== undefined) {
    const wanted = words.length === 0
      ? "no words, only flags"
      : `no more words than ${words.map(({ name }) => `<${name}>`).join(" ")}`;
    throw new UserError(
      `Cannot read "${extra}": command "${command.name}" takes ${wanted}`,
      { hint },
    );
  }
  const missing = words[given.length];
  if (missing?.isRequired) {
    throw new UserError(
      `Cannot run "${command.name}": <${missing.name}> is missing, ${missing.description}`,
      { hint },
    );
  }
  return Object.fromEntries(
    given.map((word, i) => [words[i]!.name, word]),
  );
}

function refuseUnknownFlags(cli: CAC, command: Command): void {
  const known = cli.matchedCommand;
  for (const name of Object.keys(cli.options)) {
    if (name === "--" || known?.hasOption(name) !== undefined) continue;
    if (cli.globalCommand.hasOption(name) !== undefined) continue;
    const flag = `${name.length === 1 ? "-" : "--"}${name}`;
    const names = command.flags.map(({ form }) => form.split(" ")[0] ?? form);
    throw new UserError(
      `Cannot read "${flag}": command "${command.name}" has no such flag, it has ${
        quoteAll(names)
      }`,
      {
        hint: didYouMean(flag, names) ??
          `See ${PROGRAM} ${command.name} --help`,
      },
    );
  }
}

function readVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).version;
}
