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
  return { command, flags };
}

function declare(commands: readonly Command[]): CAC {
  const cli = cac(PROGRAM);
  for (const { name, description, flags, examples } of commands) {
    const declared = cli.command(name, description);
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

function refuseUnknownFlags(cli: CAC, command: Command): void {
  const extra = cli.args[0] ?? cli.options["--"]?.[0];
  if (extra !== undefined) {
    throw new UserError(
      `Cannot read "${extra}": command "${command.name}" takes no words, only flags`,
      { hint: `See ${PROGRAM} ${command.name} --help` },
    );
  }
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
