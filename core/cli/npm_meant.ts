/**
 * The command line that a person meant who has typed flags before `--`, which npm
 * has kept.
 *
 * @module
 */

import { quoteWord } from "../lib/command_line.ts";
import { hideCredentials } from "../lib/credentials.ts";
import { type CommandLine, type KnownFlag, nameOf } from "./program.ts";

/** A flag, and what npm made of it. */
export interface KeptFlag {
  readonly flag: KnownFlag;
  readonly variable: string;
  /** `true` where npm has seen no value. */
  readonly values: readonly string[];
  /** The key of a config that the flag would set, had the person known. */
  readonly key?: string;
}

/** The command line that the person meant. */
export function meantCommandLine(
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
  const flags = kept.flatMap((one) =>
    one.values.flatMap((
      value,
    ) => [nameOf(one.flag.rawName), ...valueOf(one, value, stray)])
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
  { flag: { rawName, isBoolean, required }, key }: KeptFlag,
  given: string,
  stray: string | undefined,
): readonly string[] {
  if (isBoolean) return [];
  const text = given === "true" ? stray : given;
  if (text !== undefined && hideCredentials(text) === text) {
    return [quoteWord(key === undefined ? text : `${key}=${text}`)];
  }
  if (key !== undefined) return [`${key}=<value>`];
  return required ? [rawName.split(" ")[1]!] : [];
}
