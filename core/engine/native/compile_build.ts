/**
 * The compilation of tfjs-node's addon in a build.
 *
 * @module
 */

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { builtAddon } from "./build_cache.ts";
import { compileAddon, type Compiler } from "./compiler.ts";
import { ProvisionError } from "./failure.ts";
import type { Pip } from "./find_pip.ts";
import type { NativeSite } from "./site.ts";
import { compileWithZig, fetchZig, isZig } from "./zig.ts";

const require = createRequire(import.meta.url);

/** What {@link compile} works with. */
export interface CompileStep {
  readonly compiler: Compiler;
  readonly directory: string;
  readonly headers: string;
  readonly libraries: readonly string[];
  readonly tools: {
    pip: () => Promise<Pip>;
    scratch: string;
    signal: AbortSignal;
  };
}

/** A compiler may lack its standard library (or Apple's licence its signature): then Zig's is tried. */
export async function compile(
  site: NativeSite,
  { compiler, directory, headers, libraries, tools }: CompileStep,
): Promise<void> {
  const options = {
    headers,
    nodeHeaders: join(
      dirname(require.resolve("node-api-headers/package.json")),
      "include",
    ),
    libraries: libraries.map((library) => join(directory, library)),
    runpath: join(directory, "lib"),
    output: builtAddon(directory),
    signal: tools.signal,
  };
  const withZig = (zig: Compiler) =>
    compileWithZig(site, zig, { ...options, scratch: tools.scratch });
  if (isZig(site, compiler)) return await withZig(compiler);
  try {
    await compileAddon(site, compiler, options);
  } catch (error) {
    if (!(error instanceof ProvisionError)) throw error;
    const zig = await fetchZig(site, tools).catch(() => null);
    if (zig === null) throw error;
    await withZig(zig);
  }
}
