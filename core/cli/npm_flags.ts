/**
 * Flags that npm has kept for itself: what stands before `--` on its command
 * line reaches no program, but leaves a variable `npm_config_<name>` behind.
 * A `gc --dry` that is not dry must not run.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { quoteWord } from "../lib/command_line.ts";
import { hideCredentials } from "../lib/credentials.ts";
import { UserError } from "../lib/errors.ts";
import type { Command } from "./command.ts";
import {
  type CommandLine,
  type KnownFlag,
  nameOf,
  readCommandLine,
} from "./program.ts";

/** A flag, and what npm made of it. */
interface KeptFlag {
  readonly flag: KnownFlag;
  readonly variable: string;
  /** `true` where npm has seen no value. */
  readonly values: readonly string[];
}

const PREFIX = "npm_config_";
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
  env: NodeJS.ProcessEnv = process.env,
): void {
  const verb = env["npm_command"] ?? "";
  if (!OF_SCRIPTS.includes(verb)) return;
  const line = readCommandLine(argv, commands);
  const kept = findKept(flagsOf(line), env).filter(({ flag }) =>
    verb !== "exec" || flag.name !== "package"
  );
  if (kept.length === 0) return;
  const names = kept.map(({ flag }) => nameOf(flag.rawName)).join(" and ");
  const them = kept.length === 1 ? "it" : "them";
  const own = kept.find(({ flag }) => NPM_KNOWS.includes(flag.name));
  const otherwise = own === undefined
    ? ""
    : `; where nobody has typed ${them}, unset ${own.variable}`;
  throw new UserError(
    `Cannot run this: npm took ${names} for its own, and did not pass ${them} on`,
    { hint: `${meant(argv, line, kept, env)}${otherwise}` },
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
  const inFiles = settingsOf(env);
  const variables = Object.keys(env).filter((name) =>
    name.startsWith(PREFIX) && !inFiles.has(name) &&
    // A person exports NPM_CONFIG_FORCE, npm npm_config_force.
    env[name.toUpperCase()] === undefined && env[name] !== ""
  );
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

/** The command line that the person meant. */
function meant(
  argv: readonly string[],
  { command, words }: CommandLine,
  kept: readonly KeptFlag[],
  env: NodeJS.ProcessEnv,
): string {
  const waiting = kept.flatMap(({ flag, values }) =>
    flag.isBoolean ? [] : values.filter((value) => value === "true")
  );
  const takesWords = (command?.args ?? []).length > 0;
  // Of several words nobody can tell any more which flag each belongs to.
  const isClear = !takesWords && words.length === 1 && waiting.length === 1;
  const stray = isClear ? words[0] : undefined;
  const taken = takesWords || waiting.length === 0 ? [] : words;
  const flags = kept.flatMap(({ flag, values }) =>
    values.flatMap((
      value,
    ) => [nameOf(flag.rawName), ...valueOf(flag, value, stray)])
  );
  const typed = typedBy(argv, env);
  const rest = command !== undefined && takesWords && waiting.length > 0
    ? [command.rawName]
    : typed.filter((word) => !taken.includes(word)).map(quoteWord);
  const all = [...rest, ...flags].join(" ");
  if (env["npm_command"] === "exec") return `Run npx vae-priors ${all}`;
  const script = env["npm_lifecycle_event"] ?? "cli";
  const npm = script === "start" ? "npm start" : `npm run ${script}`;
  return `Flags stand behind "--": ${npm} -- ${all}`;
}

/** Words that the person has typed: the others are the script's. */
function typedBy(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
): readonly string[] {
  const script = env["npm_lifecycle_script"] ?? "";
  for (let count = argv.length; count > 0; count--) {
    const own = argv.slice(0, count).join(" ");
    if (script.trim().endsWith(` ${own}`)) return argv.slice(count);
  }
  return argv;
}

/** What stands behind a flag: its value, or what has to. */
function valueOf(
  { rawName, isBoolean, required }: KnownFlag,
  given: string,
  stray: string | undefined,
): readonly string[] {
  if (isBoolean) return [];
  const text = given === "true" ? stray : given;
  if (text !== undefined && hideCredentials(text) === text) {
    return [quoteWord(text)];
  }
  return required ? [rawName.split(" ")[1]!] : [];
}
