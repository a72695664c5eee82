/**
 * Digests of modules with what they import, remembered as long as no file of
 * theirs is touched: a run with nothing to do starts no bundler.
 *
 * @module
 */

import { readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { messageOf, UserError } from "../errors.ts";
import { replaceFile, sha256 } from "../store/files.ts";

/** Digests modules. */
export interface SourceDigester {
  /**
   * Digests by the URLs given.
   *
   * @throws {UserError} Where a module is no file, or cannot be read.
   */
  digest(modules: Iterable<string>): Promise<ReadonlyMap<string, string>>;
}

interface Memory {
  /** What made the digests. */
  readonly tool: string;
  readonly modules: Record<string, RememberedModule>;
}

interface RememberedModule {
  readonly digest: string;
  /** Path to size, time and inode of every file that matters. */
  readonly files: Readonly<Record<string, string>>;
}

/** Raised when the digests of unchanged files change. */
const FORMAT = 1;
/** A file as young as this could change again without its time showing it. */
const YOUNG_MS = 100;

/** A digester that remembers in file `memoryFile`. */
export function sourceDigester(memoryFile: string): SourceDigester {
  let memory: Memory | undefined;
  return {
    digest: async (modules) => {
      memory ??= recall(memoryFile);
      const paths = new Map([...modules].map((url) => [url, pathOf(url)]));
      const stats = statReader();
      const stale = new Set<string>();
      for (const path of paths.values()) {
        const known = memory.modules[path];
        if (known === undefined || !isCurrent(known, stats)) stale.add(path);
      }
      const fresh = stale.size === 0
        ? new Map<string, string>()
        : await remember(memory, [...stale], memoryFile);
      return new Map([...paths].map(([url, path]) => [
        url,
        fresh.get(path) ?? memory!.modules[path]!.digest,
      ]));
    },
  };
}

/** The file of a module's URL, as given by `import.meta.url`, links resolved. */
export function pathOf(module: string): string {
  try {
    return realpathSync(fileURLToPath(module));
  } catch (cause) {
    throw new UserError(
      `Cannot find the source of module "${module}": ${messageOf(cause)}`,
      { hint: "Declare it with module: import.meta.url", cause },
    );
  }
}

async function remember(
  memory: Memory,
  paths: readonly string[],
  memoryFile: string,
): Promise<ReadonlyMap<string, string>> {
  const started = Date.now();
  const { bundleSources } = await import("./source_bundle.ts");
  const bundles = await bundleSources(paths);
  const stats = statReader();
  const fresh = new Map<string, string>();
  for (const [path, { texts, files, packages }] of bundles) {
    const digest = sha256(JSON.stringify([texts, packages]));
    fresh.set(path, digest);
    const found = files.map((file) => [file, stats(file)] as const);
    if (found.every(([, stat]) => stat.time < started - YOUNG_MS)) {
      memory.modules[path] = {
        digest,
        files: Object.fromEntries(
          found.map(([file, { mark }]) => [file, mark]),
        ),
      };
    } else {
      delete memory.modules[path];
    }
  }
  // It only saves time: a folder that cannot be written is no reason to stop.
  await replaceFile(memoryFile, JSON.stringify(memory)).catch(() => {});
  return fresh;
}

function recall(memoryFile: string): Memory {
  const { version } = createRequire(import.meta.url)("esbuild/package.json");
  const tool = `${FORMAT} esbuild ${version}`;
  try {
    const memory = JSON.parse(readFileSync(memoryFile, "utf8")) as Memory;
    if (memory.tool === tool && typeof memory.modules === "object") {
      return memory;
    }
  } catch {
    // Not there yet, or not whole.
  }
  return { tool, modules: {} };
}

function isCurrent(known: RememberedModule, stats: StatReader): boolean {
  return Object.entries(known.files)
    .every(([file, mark]) => stats(file).mark === mark);
}

type StatReader = (
  path: string,
) => { readonly mark: string; readonly time: number };

/** Reads each file's stat once: modules share most of their files. */
function statReader(): StatReader {
  const known = new Map<string, { mark: string; time: number }>();
  return (path) => {
    let found = known.get(path);
    if (found === undefined) {
      const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
      found = stat === undefined ? { mark: "none", time: 0 } : {
        mark: `${stat.size} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.ino}`,
        time: Number(stat.mtimeNs / 1_000_000n),
      };
      known.set(path, found);
    }
    return found;
  };
}
