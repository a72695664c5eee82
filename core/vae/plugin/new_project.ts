/** A new project: a config, a prior with its test, and what they need. @module */

import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { messageOf, UserError } from "../../lib/errors.ts";
import type { PluginKind } from "./kind.ts";
import { newPlugin } from "./scaffold.ts";
import { fill, type NewFile, withVersions } from "./template.ts";

const FILES = [
  "pipeline.config.ts",
  "tsconfig.json",
  "README.md",
  "gitignore",
].map((file) => `project/${file}`);

/** What a project is made of. */
export interface NewProject {
  /** Files that must not be there yet. */
  readonly files: readonly NewFile[];
  /** Text of the package.json: what is there, and what it lacks. */
  readonly manifest: string;
}

/**
 * A project in `directory` with a prior from the template, of kind `prior`. A
 * package.json that is there keeps what it says.
 *
 * @throws {UserError} where that one cannot be read.
 */
export function newProject(prior: PluginKind, directory: string): NewProject {
  const name = basename(resolve(directory)).toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-").replace(/^[._-]+/, "") || "vae-study";
  const filled = (file: string) => {
    const of = { kind: prior, name: "my_prior" };
    const { path, text } = fill(file, of, typed);
    return { path, text: text.replaceAll("NAME", name) };
  };
  const plugin = newPlugin(prior, "my_prior", typed)
    .map(({ path, text }) => ({ path: join("priors", path), text }));
  const fresh = withVersions(filled("project/manifest.json").text);
  return {
    files: [...FILES.map(filled), ...plugin],
    manifest: merged(join(directory, "package.json"), fresh),
  };
}

function typed(words: string): string {
  return `npx vae-priors ${words}`;
}

type Manifest = Readonly<Record<string, unknown>>;

/** What the package.json at `path` says, and of `fresh` what it does not say. */
function merged(path: string, fresh: string): string {
  if (!existsSync(path)) return fresh;
  const wanted = JSON.parse(fresh) as Manifest;
  const there = read(path);
  const isTable = (value: unknown): value is Manifest =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  const { name: _name, private: _private, ...added } = wanted;
  const whole = Object.entries(added).map(([key, value]) => [
    key,
    isTable(value) && isTable(there[key])
      ? { ...value, ...there[key] }
      : there[key] ?? value,
  ]);
  return `${
    JSON.stringify({ ...there, ...Object.fromEntries(whole) }, null, 2)
  }\n`;
}

function read(path: string): Manifest {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Manifest;
  } catch (cause) {
    throw new UserError(`Cannot read "${path}": ${messageOf(cause)}`, {
      hint: "Mend it, or name another folder: init my-study",
      cause,
    });
  }
}
