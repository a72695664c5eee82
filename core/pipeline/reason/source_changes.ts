/**
 * What is different between two sources, file by file.
 *
 * @module
 */

import { diffLines } from "diff";
import type { Loader } from "esbuild";
import type { SourceText } from "../source/digest.ts";

/** A file of a source that is not as it was. */
interface FileChange {
  /** Path from the folder of the source's entry. */
  readonly path: string;
  readonly is: "changed" | "new" | "gone";
  /** Whether it is the module itself, and not one that it imports. */
  readonly isEntry: boolean;
  /** Lines, as a diff counts them. */
  readonly added: number;
  readonly removed: number;
}

/** A package of a source that is not as it was; null where there is none. */
interface PackageChange {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What {@link compareSources} found. */
export interface SourceChanges {
  readonly files: readonly FileChange[];
  readonly packages: readonly PackageChange[];
}

/**
 * Compares two sources of one module. Of files that differ only those are
 * named whose code does: not where only comments, types or spaces changed.
 */
export async function compareSources(
  before: SourceText,
  after: SourceText,
): Promise<SourceChanges> {
  const paths = new Set([
    ...Object.keys(before.files),
    ...Object.keys(after.files),
  ]);
  const files: FileChange[] = [];
  for (const path of paths) {
    const [was, is] = [before.files[path], after.files[path]];
    if (was === is) continue;
    if (
      was !== undefined && is !== undefined && await isSameCode(path, was, is)
    ) {
      continue;
    }
    files.push({
      path,
      is: was === undefined ? "new" : is === undefined ? "gone" : "changed",
      isEntry: path === after.entry,
      ...countLines(was ?? "", is ?? ""),
    });
  }
  files.sort((a, b) =>
    Number(b.isEntry) - Number(a.isEntry) || (a.path < b.path ? -1 : 1)
  );
  return { files, packages: comparePackages(before.packages, after.packages) };
}

/** The share of lines, 0 to 1, that two texts have in common. */
export function likeness(before: string, after: string): number {
  const { added, removed } = countLines(before, after);
  const lines = before.split("\n").length + after.split("\n").length;
  return 1 - (added + removed) / lines;
}

function countLines(before: string, after: string) {
  let added = 0;
  let removed = 0;
  for (const part of diffLines(before, after, { stripTrailingCr: true })) {
    if (part.added) added += part.count;
    if (part.removed) removed += part.count;
  }
  return { added, removed };
}

async function isSameCode(
  path: string,
  before: string,
  after: string,
): Promise<boolean> {
  const [, kind] = /\.[cm]?([jt]sx?|json)$/.exec(path) ?? [];
  if (kind === undefined) return false;
  const { transform } = await import("esbuild");
  try {
    const [was, is] = await Promise.all(
      [before, after].map((text) =>
        transform(text, {
          loader: kind as Loader,
          minifyWhitespace: true,
          legalComments: "none",
          logLevel: "silent",
        })
      ),
    );
    return was?.code === is?.code;
  } catch {
    return false;
  }
}

function comparePackages(
  before: readonly string[],
  after: readonly string[],
): readonly PackageChange[] {
  const [was, is] = [versionsOf(before), versionsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].sort()
    .map((name) => ({
      name,
      before: was.get(name) ?? null,
      after: is.get(name) ?? null,
    }))
    .filter(({ before, after }) => before !== after);
}

function versionsOf(packages: readonly string[]): ReadonlyMap<string, string> {
  return new Map(packages.map((one) => {
    const at = one.lastIndexOf("@");
    return [one.slice(0, at), one.slice(at + 1)];
  }));
}
