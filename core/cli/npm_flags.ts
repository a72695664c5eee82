/**
 * Flags that npm has kept for itself: what stands before `--` on its command
 * line reaches no program, but leaves a variable `npm_config_<name>` behind.
 * A `gc --dry` that is not dry must not run.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../lib/errors.ts";
import type { Command } from "./command.ts";
import { type KeptFlag, meantCommandLine } from "./npm_meant.ts";
import {
  type CommandLine,
  type KnownFlag,
  nameOf,
  readCommandLine,
} from "./program.ts";

/** What is known besides the commands. */
export interface NpmFlagOptions {
  readonly env?: NodeJS.ProcessEnv;
  /**
   * Keys of a config, `train.epochs`. Where `--set` takes one, its last part is
   * no flag, and people type it as one.
   */
  readonly keys?: readonly string[];
}

const PREFIX = "npm_config_";
/** The flag that sets keys of a config. */
export const SETS_KEYS = "--set <key=value>";
/** npm's commands whose flags a person may have meant for the program. */
const OF_SCRIPTS = ["run", "run-script", "start", "test", "exec"];
/** Flags of npm's own by the same name. */
const NPM_KNOWS = ["force", "json", "package"];
/**
 * Settings of npm's to which it completes a flag of ours: `--dry` to
 * `--dry-run`. No other variable is one: `npm_config_runtime=electron`, which
 * people set for node-gyp, is no `--run`.
 */
const COMPLETED = [
  "dry_run",
  "engine_strict",
  "format_package_lock",
  "token_description",
].map((name) => PREFIX + name);

/**
 * Refuses to go on where npm has kept a flag that is one of `commands`, and
 * shows the command line that passes it on.
 *
 * What npm's own settings say is no flag; `npx --package` is npm's.
 *
 * @throws {UserError}
 */
export function refuseFlagsOfNpm(
  argv: readonly string[],
  commands: readonly Command[],
  { env = process.env, keys = [] }: NpmFlagOptions = {},
): void {
  const verb = env["npm_command"] ?? "";
  if (!OF_SCRIPTS.includes(verb)) return;
  const line = readCommandLine(argv, commands);
  const flags = findKept(flagsOf(line), env).filter(({ flag }) =>
    verb !== "exec" || flag.name !== "package"
  );
  const kept = [...flags, ...findKeys(keys, line, env)];
  if (kept.length === 0) return;
  const names = kept.map(({ flag, key }) =>
    key === undefined ? nameOf(flag.rawName) : `--${lastOf(key)}`
  ).join(" and ");
  const them = kept.length === 1 ? "it" : "them";
  const own = kept.find(({ flag, key }) =>
    key !== undefined || NPM_KNOWS.includes(flag.name)
  );
  const otherwise = own === undefined
    ? ""
    : `; where nobody has typed ${them}, unset ${own.variable}`;
  throw new UserError(
    `Cannot run this: npm took ${names} for its own, and did not pass ${them} on`,
    { hint: `${meantCommandLine(argv, line, kept, env)}${otherwise}` },
  );
}

/** Flags by their names; a name that several commands have is this command's. */
function flagsOf({ cli, command }: CommandLine): readonly KnownFlag[] {
  const flags = [...cli.commands, ...(command === undefined ? [] : [command])]
    .flatMap(({ options }) => options);
  return [...new Map(flags.map((flag) => [flag.name, flag])).values()];
}

function findKept(
  flags: readonly KnownFlag[],
  env: NodeJS.ProcessEnv,
): readonly KeptFlag[] {
  const variables = typedVariables(env);
  const exact = new Set(flags.map(variableOf));
  return flags.flatMap((flag) => {
    const own = variableOf(flag);
    const variable = variables.find((name) =>
      name === own ||
      !exact.has(name) && COMPLETED.includes(name) && name.startsWith(own)
    );
    return variable === undefined
      ? []
      : [{ flag, variable, values: env[variable]!.split("\n\n") }];
  });
}

/** Keys of a config that npm took for flags of its own: the first of each name. */
function findKeys(
  keys: readonly string[],
  line: CommandLine,
  env: NodeJS.ProcessEnv,
): readonly KeptFlag[] {
  const flag = line.command?.options.find(({ rawName }) =>
    rawName === SETS_KEYS
  );
  if (flag === undefined) return [];
  const taken = new Set(flagsOf(line).map(variableOf));
  return typedVariables(env).filter((name) => !taken.has(name))
    .flatMap((variable) => {
      const typed = letters(variable.slice(PREFIX.length));
      const key = keys.find((key) => letters(lastOf(key)) === typed);
      const values = env[variable]!.split("\n\n");
      return key === undefined ? [] : [{ flag, variable, values, key }];
    });
}

/** `epochs`, of `train.epochs`. */
function lastOf(key: string): string {
  return key.slice(key.lastIndexOf(".") + 1);
}

/** npm has no capitals, and people put hyphens in their place. */
function letters(name: string): string {
  return name.replaceAll(/[-_]/g, "").toLowerCase();
}

/** Variables for what has been typed, as far as can be told. */
function typedVariables(env: NodeJS.ProcessEnv): readonly string[] {
  const inFiles = settingsOf(env);
  return Object.keys(env).filter((name) =>
    name.startsWith(PREFIX) && !inFiles.has(name) &&
    // A person exports NPM_CONFIG_FORCE, npm npm_config_force.
    env[name.toUpperCase()] === undefined && env[name] !== ""
  );
}

function variableOf({ rawName }: KnownFlag): string {
  return PREFIX + nameOf(rawName).slice(2).replaceAll("-", "_");
}

/** Variables that npm sets for what stands in its files of settings. */
function settingsOf(env: NodeJS.ProcessEnv): ReadonlySet<string> {
  const { npm_config_userconfig, npm_config_globalconfig } = env;
  const project = env["npm_config_local_prefix"];
  const npm = env["npm_execpath"];
  const files = [
    npm_config_userconfig,
    npm_config_globalconfig,
    project && join(project, ".npmrc"),
    npm && join(dirname(npm), "..", "npmrc"),
  ];
  const lines = files.flatMap((file) => file ? linesOf(file) : []);
  return new Set(lines.flatMap((line) => {
    const key = /^\s*([\w-]+)(?:\[\])?\s*(?:=|$)/.exec(line)?.[1];
    return key === undefined
      ? []
      : [PREFIX + key.replaceAll("-", "_").toLowerCase()];
  }));
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").split(/\r?\n/);
  } catch {
    return [];
  }
}
