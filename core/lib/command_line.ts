/**
 * How a command of this program is typed where it runs.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { hideCredentials } from "./credentials.ts";

/** Where a process of this program runs. */
export interface Surroundings {
  /** What Node was started with. */
  readonly script: string;
  /** Folder of this program. */
  readonly root: string;
  /** The working directory. */
  readonly folder: string;
}

const PROGRAM = "vae-priors";
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The command line of `words`, to be shown to a person: in a checkout
 * `npm start -- --dry` and `npm run cli -- gc --dry`, where the program is
 * installed `npx vae-priors gc --dry`.
 *
 * @example
 * ```ts
 * import { commandLine } from "./command_line.ts";
 *
 * commandLine("list runs"); // "npm run cli list runs"
 * ```
 */
export function commandLine(
  words: string,
  { script, root, folder }: Surroundings = {
    script: process.argv[1] ?? "",
    root: ROOT,
    folder: process.cwd(),
  },
): string {
  const isLink = basename(script).replace(/\.\w+$/, "") === PROGRAM;
  const isOfPackage = dirname(script).endsWith(join("node_modules", ".bin")) ||
    root.includes(`${sep}node_modules${sep}`);
  if (isLink && !isOfPackage) return `${PROGRAM} ${words}`;
  if (isOfPackage) return `npx ${PROGRAM} ${words}`;
  if (packageOf(folder) === resolve(root)) return ofNpm(words);
  const path = join(root, "core", "cli", "bin.mjs");
  const way = relative(folder, path);
  const bin = way.length < path.length ? way : path;
  return `node ${/\s/.test(bin) ? JSON.stringify(bin) : bin} ${words}`;
}

/**
 * `text` of the engine, which knows its commands as "setup" and "doctor", with
 * the command line in place of the word: the engine's sources are part of every
 * training's key, and how a command is typed is not.
 */
export function spellCommands(text: string): string {
  return text.replace(
    /(?<=\b(?:[Rr]un|else|output of) |; )(?:setup|doctor)\b/g,
    (command) => commandLine(command),
  );
}

/** A word as a shell takes it, without credentials. */
export function quoteWord(word: string): string {
  const shown = hideCredentials(word);
  return /^[\w@%+=:,./-]+$/.test(shown)
    ? shown
    : `'${shown.replaceAll("'", String.raw`'\''`)}'`;
}

/** npm keeps flags for itself, but for those behind `--`. */
function ofNpm(words: string): string {
  const dashes = /(?:^| )\[?-/.test(words) ? " --" : "";
  const [command, ...rest] = words.split(" ");
  if (command === "run") return [`npm start${dashes}`, ...rest].join(" ");
  // What npm itself prints must not get into a pipe.
  const quiet = rest.includes("|") ? " -s" : "";
  return `npm run${quiet} cli${dashes} ${words}`;
}

/** The nearest folder upwards that has a package.json, which is where npm looks. */
function packageOf(folder: string): string | null {
  for (let at = folder;; at = dirname(at)) {
    if (existsSync(join(at, "package.json"))) return at;
    if (at === dirname(at)) return null;
  }
}
