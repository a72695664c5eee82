/**
 * What `--help` and `--version` print.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { commandLine } from "../command_line.ts";
import type { Command, Flag } from "./command.ts";
import { hang, terminalWidth } from "./wrap.ts";

const HELP: Flag = { form: "-h, --help", description: "Print this" };
const VERSION: Flag = {
  form: "-v, --version",
  description: "Print the version",
};

/** Help on a command. */
export function helpOf(command: Command): string {
  const { description, flags, examples } = command;
  return sections({
    "": [description],
    Usage: [commandLine(`${usageOf(command)} [--flags]`)],
    Flags: columns(
      [...flags, HELP].map(({ form, description }) => [form, description]),
    ),
    Examples: examples.map((words) => commandLine(words)),
  });
}

/** Help on the program. */
export function helpOfAll(commands: readonly Command[]): string {
  return sections({
    Usage: [commandLine("<command> [--flags]")],
    Commands: columns(
      commands.map((command) => [usageOf(command), command.description]),
    ),
    Flags: columns(
      [HELP, VERSION].map(({ form, description }) => [form, description]),
    ),
    "Flags of a command": [
      commandLine(`${commands[0]?.name ?? "<command>"} --help`),
    ],
  });
}

/** `vae-priors/0.1.0 linux-x64 node-v20.19.0`. */
export function programVersion(): string {
  return `${nameAndVersion()} ${process.platform}-${process.arch} node-${process.version}`;
}

function nameAndVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  return `vae-priors/${JSON.parse(readFileSync(file, "utf8")).version}`;
}

/** `check <plugin> [values]`. */
export function usageOf({ name, words = [] }: Command): string {
  const forms = words.map(({ name, isRequired }) =>
    isRequired ? `<${name}>` : `[${name}]`
  );
  return [name, ...forms].join(" ");
}

function sections(parts: Readonly<Record<string, readonly string[]>>): string {
  const texts = Object.entries(parts)
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) =>
      [
        ...(title === "" ? [] : [`${title}:`]),
        ...lines.map((line) => title === "" ? line : `  ${line}`),
      ].join("\n")
    );
  return [nameAndVersion(), ...texts].join("\n\n");
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const room = Math.max(...rows.map(([head = ""]) => head.length));
  return rows.flatMap(([head = "", text = ""]) =>
    hang(`${head.padEnd(room)}  `, text, { width: terminalWidth() - 2 })
  );
}
