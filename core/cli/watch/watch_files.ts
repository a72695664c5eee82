/**
 * Watches files by the folders that they lie in, so that one that is replaced,
 * as editors do, or made anew, stays watched.
 *
 * @module
 */

import { existsSync, type FSWatcher, watch } from "node:fs";
import { basename, dirname, join } from "node:path";
import { messageOf, RunError } from "../../lib/errors.ts";
import { foldersUp } from "../../lib/upward.ts";
import { markReader, type Marks } from "../../load/marks.mjs";

/** Files that are watched. */
export interface FileWatch extends Disposable {
  /**
   * Watches these from now on, and no others. Those that are not as marked have
   * changed.
   *
   * @throws {RunError} where the system will not watch a folder.
   */
  set(files: Marks): void;
  /** Those that have changed since; empty where `signal` is aborted first. */
  changed(signal: AbortSignal): Promise<readonly string[]>;
}

/** An edit has ended where for so long nothing more of it is heard. */
const QUIET_MS = 100;

/** Watches nothing yet. */
export function watchFiles(): FileWatch {
  const watchers: FSWatcher[] = [];
  let marks: Marks = {};
  let timer: NodeJS.Timeout | undefined;
  let hear = () => {};

  function look(): readonly string[] {
    const read = markReader();
    return Object.keys(marks).filter((path) => read(path).mark !== marks[path]);
  }

  function later(): void {
    clearTimeout(timer);
    timer = setTimeout(() => hear(), QUIET_MS);
  }

  function close(): void {
    for (const watcher of watchers.splice(0)) watcher.close();
  }

  function open(folder: string, names: ReadonlySet<string>): void {
    try {
      const watcher = watch(folder, (_, name) => {
        // Of a folder that is moved or removed itself its own name is told.
        const isKnown = name === null || name === basename(folder) ||
          names.has(join(folder, name));
        if (isKnown) later();
      });
      // It has gone: the next plan says so.
      watchers.push(watcher.on("error", later));
    } catch (cause) {
      throw new RunError(
        `Cannot watch folder "${folder}": ${messageOf(cause)}`,
        {
          hint:
            "Of folders that are watched the system has a limit; on Linux: sysctl fs.inotify.max_user_watches",
          cause,
        },
      );
    }
  }

  return {
    set: (files) => {
      marks = files;
      close();
      const paths = Object.keys(marks);
      const names = new Set(
        paths.flatMap((path) => [path, ...foldersUp(dirname(path))]),
      );
      const folders = paths.map((path) =>
        foldersUp(dirname(path)).find((folder) => existsSync(folder))
      );
      for (const folder of new Set(folders)) {
        if (folder !== undefined) open(folder, names);
      }
    },
    changed: (signal) =>
      new Promise((resolve) => {
        const end = (paths: readonly string[]) => {
          signal.removeEventListener("abort", abort);
          hear = () => {};
          resolve(paths);
        };
        const abort = () => end([]);
        hear = () => {
          const paths = look();
          if (paths.length > 0) end(paths);
        };
        signal.addEventListener("abort", abort);
        if (signal.aborted) abort();
        // What has changed before anybody listened.
        else if (look().length > 0) later();
      }),
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      close();
    },
  };
}
