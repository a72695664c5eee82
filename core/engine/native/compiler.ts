/**
 * Compiles tfjs-node's addon with the machine's C++ compiler.
 *
 * @module
 */

import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import process from "node:process";
import { type CommandResult, lastLine, runCommand } from "./command.ts";
import { ProvisionError } from "./failure.ts";
import type { NativeSite } from "./site.ts";

/** A compiler that answers. */
export interface Compiler {
  /** `["g++"]`, `["ccache", "g++"]`. */
  readonly command: readonly string[];
  /** First line of what it says about itself. */
  readonly version: string;
}

/** Options of {@link compileAddon}. */
export interface CompileOptions {
  /** Folder of TensorFlow's headers. */
  readonly headers: string;
  /** Folder of `node_api.h`. */
  readonly nodeHeaders: string;
  /** The libraries to link with. */
  readonly libraries: readonly string[];
  /** Folder where the addon finds them when it is loaded. */
  readonly runpath: string;
  /** The addon. */
  readonly output: string;
  readonly signal?: AbortSignal | undefined;
}

/** Looks for a C++ compiler: `$CXX`, then the usual names. */
export async function findCompiler(
  site: NativeSite,
  signal?: AbortSignal,
): Promise<Compiler | null> {
  const wanted = site.env["CXX"]?.trim().split(/\s+/) ?? [];
  const candidates = [...(wanted[0] ? [wanted] : []), ["c++"], ["g++"], [
    "clang++",
  ]];
  for (const command of candidates) {
    const compiler = await askCompiler(command, site, signal);
    if (compiler !== null) return compiler;
  }
  return null;
}

/** The compiler behind a command, or null where it does not answer. */
export async function askCompiler(
  command: readonly string[],
  site: NativeSite,
  signal?: AbortSignal,
): Promise<Compiler | null> {
  const result = await runCommand([...command, "--version"], {
    env: site.env,
    signal,
    timeoutMs: 60_000,
  });
  const [version = ""] = result.stdout.trim().split("\n");
  return result.code === 0 && version !== "" ? { command, version } : null;
}

/**
 * Compiles and links the addon.
 *
 * @throws {ProvisionError} with the compiler's word
 */
export async function compileAddon(
  site: NativeSite,
  compiler: Compiler,
  options: CompileOptions,
): Promise<void> {
  const result = await runCommand([
    ...compiler.command,
    "-shared",
    ...compileFlags(site, options),
    ...await addonSources(site),
    ...linkFlags(options),
  ], { env: site.env, signal: options.signal });
  await requireOutput(compiler.command, result, options.output);
}

/** Flags for the addon's sources, whoever compiles them. */
export function compileFlags(
  site: NativeSite,
  options: CompileOptions,
): string[] {
  return [
    "-fPIC",
    "-O2",
    "-std=c++17",
    `-DNAPI_VERSION=${site.napi}`,
    `-I${options.nodeHeaders}`,
    `-I${options.headers}`,
    `-I${site.packageDirectory}`,
  ];
}

/** Flags that name the addon and its libraries; Node's own symbols come when it is loaded. */
export function linkFlags(options: CompileOptions): string[] {
  const platform = process.platform === "darwin"
    ? ["-undefined", "dynamic_lookup"]
    : [];
  return [
    ...platform,
    "-o",
    options.output,
    ...options.libraries,
    // Word by word: after -Wl a comma in the path would end it.
    ...["-rpath", options.runpath].flatMap((word) => ["-Xlinker", word]),
  ];
}

/** The addon's sources, in the npm package. */
export async function addonSources(site: NativeSite): Promise<string[]> {
  const binding = join(site.packageDirectory, "binding");
  const files = await readdir(binding);
  return files.filter((file) => file.endsWith(".cc")).sort().map((file) =>
    join(binding, file)
  );
}

/**
 * Whether a compiler did what it was asked for.
 *
 * @throws {ProvisionError} with its word
 */
export async function requireOutput(
  command: readonly string[],
  result: CommandResult,
  output: string,
): Promise<void> {
  const made = await stat(output).catch(() => null);
  if (result.code === 0 && made !== null) return;
  const program = basename(command[0] ?? "");
  throw new ProvisionError(
    "compile",
    `${program} could not compile the addon: ${lastLine(result)}`,
    {
      hint:
        "Install a C++17 compiler with its standard library (or set CXX to one), then run setup",
    },
  );
}
