/**
 * Digests of modules with what they import, remembered as long as no file of
 * theirs is touched: a run with nothing to do starts no bundler.
 *
 * @module
 */

import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf, UserError } from "../../lib/errors.ts";
import {
  areCurrent,
  markReader,
  type Marks,
  settledMarks,
} from "../../load/marks.mjs";
import { replaceFile, sha256 } from "../../lib/files.ts";

/** Digests modules. */
export interface SourceDigester {
  /**
   * Digests by the URLs given.
   *
   * @throws {UserError} Where a module is no file, or cannot be read.
   */
  digest(modules: Iterable<string>): Promise<ReadonlyMap<string, string>>;
  /**
   * What the digest of a module stands for; null where a file of it has been
   * touched since it was digested.
   */
  read(module: string): SourceText | null;
}

/** A module's source, for people. */
export interface SourceText {
  readonly digest: string;
  /** Path of the module's file, as in `files`. */
  readonly entry: string;
  /** Texts of all files of which something is used, by path from the entry's folder. */
  readonly files: Readonly<Record<string, string>>;
  /** npm packages, `name@version`. */
  readonly packages: readonly string[];
  /** When a file of it was last written, in milliseconds. */
  readonly touched: number;
}

interface Memory {
  /** What made the digests. */
  readonly tool: string;
  readonly modules: Record<string, RememberedModule>;
}

interface RememberedModule {
  readonly digest: string;
  /** Of every file that matters. */
  readonly files: Marks;
  /** Paths of those of which something is used. */
  readonly used: readonly string[];
  readonly packages: readonly string[];
}

/** Raised when the digests of unchanged files change, or what is remembered. */
const FORMAT = 2;

/** A digester that remembers in file `memoryFile`. */
export function sourceDigester(memoryFile: string): SourceDigester {
  let memory: Memory | undefined;
  const known = (path: string) => {
    memory ??= recall(memoryFile);
    const found = memory.modules[path];
    return found !== undefined && areCurrent(found.files) ? found : null;
  };
  return {
    digest: async (modules) => {
      memory ??= recall(memoryFile);
      const paths = new Map([...modules].map((url) => [url, pathOf(url)]));
      const read = markReader();
      const stale = new Set<string>();
      for (const path of paths.values()) {
        const known = memory.modules[path];
        if (known === undefined || !areCurrent(known.files, read)) {
          stale.add(path);
        }
      }
      const fresh = stale.size === 0
        ? new Map<string, string>()
        : await remember(memory, [...stale], memoryFile);
      return new Map([...paths].map(([url, path]) => [
        url,
        fresh.get(path) ?? memory!.modules[path]!.digest,
      ]));
    },
    read: (module) => {
      const path = pathOf(module);
      const before = known(path);
      if (before === null) return null;
      const nameOf = (file: string) =>
        relative(dirname(path), file).replaceAll("\\", "/");
      const files = Object.fromEntries(
        before.used.map((file) => [nameOf(file), readFileSync(file, "utf8")]),
      );
      // What was read is what was digested, unless it was edited just now.
      if (known(path) === null) return null;
      const { digest, packages } = before;
      const read = markReader();
      const touched = Math.max(...before.used.map((file) => read(file).time));
      return { digest, entry: nameOf(path), files, packages, touched };
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
  const { bundleSources } = await import("./bundle.ts");
  const bundles = await bundleSources(paths);
  const read = markReader();
  const fresh = new Map<string, string>();
  for (const [path, { texts, data, files, used, packages }] of bundles) {
    const digest = sha256(JSON.stringify([texts, data, packages]));
    fresh.set(path, digest);
    const marks = settledMarks(files, started, read);
    if (marks === null) delete memory.modules[path];
    else memory.modules[path] = { digest, files: marks, used, packages };
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
