/**
 * A C++ compiler for machines without one: Zig's, from its Python wheel.
 *
 * Zig brings its C++ standard library as source and would compile all of it for
 * minutes. The addon needs three functions of it beside the headers, so these
 * are written here, and the rest (`operator new`) comes from the library that
 * TensorFlow itself loads.
 *
 * @module
 */

import { rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { makeFolder } from "../../lib/make_folder.ts";
import { runCommand } from "./command.ts";
import {
  addonSources,
  askCompiler,
  compileFlags,
  type CompileOptions,
  type Compiler,
  linkFlags,
  requireOutput,
} from "./compiler.ts";
import { ProvisionError } from "./failure.ts";
import { requireZigPaths } from "./paths.ts";
import type { Pip } from "./find_pip.ts";
import { runPip } from "./pip.ts";
import type { NativeSite } from "./site.ts";
import { ZIG } from "./wheels.ts";

/** Options of {@link fetchZig}. */
export interface FetchZigOptions {
  readonly pip: () => Promise<Pip>;
  /** Empty folder. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
}

const SHIM = `
#include <cstdlib>
#include <string>

_LIBCPP_BEGIN_NAMESPACE_STD
static bool is_prime(size_t n) {
  for (size_t d = 2; d * d <= n; ++d) if (n % d == 0) return false;
  return n > 1;
}
size_t __next_prime(size_t n) {
  while (!is_prime(n)) ++n;
  return n;
}
void __libcpp_verbose_abort(char const*, ...) { std::abort(); }
_LIBCPP_END_NAMESPACE_STD

template class std::basic_string<char>;
`;

/**
 * Zig, from the cache, else fetched with pip.
 *
 * @throws {ProvisionError} where it cannot be had
 */
export async function fetchZig(
  site: NativeSite,
  options: FetchZigOptions,
): Promise<Compiler> {
  requireZigPaths(site);
  const command = [join(zigHome(site), "ziglang", "zig"), "c++"];
  const cached = await askCompiler(command, site, options.signal);
  if (cached !== null) return cached;
  const fresh = join(options.scratch, "zig");
  try {
    await makeFolder(fresh);
    const run = {
      pip: await options.pip(),
      scratch: options.scratch,
      signal: options.signal,
    };
    await runPip(site, {
      verb: ["install", `--target=${fresh}`, "--no-compile"],
      pinned: ZIG,
    }, run);
  } catch (error) {
    if (!(error instanceof ProvisionError)) throw error;
    const message =
      `No C++ compiler was found, and none could be fetched (${error.message})`;
    throw new ProvisionError("compiler", message, {
      hint: "Install g++ or clang++ (or set CXX), then run setup",
      cause: error,
    });
  }
  await removeZig(site);
  await rename(fresh, zigHome(site));
  const compiler = await askCompiler(command, site, options.signal);
  if (compiler !== null) return compiler;
  throw new ProvisionError(
    "compiler",
    "No C++ compiler was found, and the fetched one does not start",
    {
      hint: "Install g++ or clang++ (or set CXX), then run setup",
    },
  );
}

/**
 * Compiles and links the addon with Zig.
 *
 * @param scratch folder for what comes in between
 * @throws {ProvisionError} with the compiler's word
 */
export async function compileWithZig(
  site: NativeSite,
  zig: Compiler,
  { scratch, ...options }: CompileOptions & { readonly scratch: string },
): Promise<void> {
  const cache = join(scratch, "zig-cache");
  const env = {
    ...site.env,
    ZIG_GLOBAL_CACHE_DIR: cache,
    ZIG_LOCAL_CACHE_DIR: cache,
  };
  const run = { env, signal: options.signal };
  const shim = join(scratch, "shim.cc");
  await writeFile(shim, SHIM);
  const objects: string[] = [];
  for (const source of [...await addonSources(site), shim]) {
    const object = join(scratch, `${basename(source)}.o`);
    const flags = [
      ...compileFlags(site, options),
      "-fno-exceptions",
      "-fno-rtti",
    ];
    const result = await runCommand([
      ...zig.command,
      "-c",
      ...flags,
      source,
      "-o",
      object,
    ], run);
    await requireOutput(zig.command, result, object);
    objects.push(object);
  }
  // As C, or it would bring the whole C++ library after all.
  const linker = [...zig.command.slice(0, -1), "cc"];
  const result = await runCommand([
    ...linker,
    "-shared",
    "-fPIC",
    "-O2",
    ...objects,
    ...linkFlags(options),
  ], run);
  await requireOutput(linker, result, options.output);
}

/** Whether a compiler is the fetched one. */
export function isZig(site: NativeSite, compiler: Compiler): boolean {
  return compiler.command[0]?.startsWith(zigHome(site)) ?? false;
}

/** Gives back its 350 MB; one build is all it was for. */
export async function removeZig(site: NativeSite): Promise<void> {
  await rm(zigHome(site), { recursive: true, force: true });
}

function zigHome(site: NativeSite): string {
  return join(site.cacheDirectory, `zig-${ZIG.version}`);
}
