/**
 * Changes of sources, in words: which files, by how many lines, which packages.
 *
 * @module
 */

import { dirname, relative, resolve } from "node:path";
import { type FieldChange, ownerOf } from "./field_changes.ts";
import { sourcesOf } from "../key/keys.ts";
import {
  compareSources,
  likeness,
  type SourceChanges,
} from "./source_changes.ts";
import {
  pathOf,
  type SourceDigester,
  type SourceText,
} from "../source/digest.ts";
import type { SourceHistory } from "../source/history.ts";
import { packageFolder, ROOT } from "../source/imports.ts";
import type { Given } from "../provider.ts";
import type { KeyFields, StageNode } from "../types.ts";

/** Where texts of sources are to be had. */
export interface Sources {
  readonly history: SourceHistory;
  readonly digester: SourceDigester;
}

/** Describes changes of sources. */
export interface SourceLookup {
  /**
   * The change of a field such as `stage.source`: one for each file and package.
   */
  describe(
    node: StageNode,
    change: FieldChange,
  ): Promise<readonly FieldChange[]>;
}

/** From this share of common lines on a file is taken for the same one. */
const ALIKE = 0.6;

/** A lookup; paths are shown from `baseDirectory`. */
export function sourceLookup(
  baseDirectory: string,
  { history, digester }: Sources,
): SourceLookup {
  const known = new Map<string, Promise<SourceChanges | null>>();
  const compare = async (module: string, digest: string) => {
    const [before, after] = [history.recall(digest), digester.read(module)];
    return before === null || after === null
      ? null
      : await compareSources(before, after);
  };
  return {
    describe: async (node, change) => {
      const { field } = change;
      const owner = ownerOf(field, node.fields, node.given);
      const source = sourcesOf(node.stage, node.given)
        .find((one) => one.field === field);
      if (source === undefined || change.before === null) {
        return [{ ...change, text: `${owner}: source changed` }];
      }
      const id = `${change.before} ${change.after}`;
      const found = known.get(id) ?? compare(source.module, change.before);
      known.set(id, found);
      const path = pathOf(source.module);
      const show = (file: string) =>
        shown(resolve(dirname(path), file), baseDirectory);
      return textsOf(await found, show, path).map((text) => ({
        ...change,
        text: `${owner}: ${text}`,
      }));
    },
  };
}

/**
 * Whether a plugin that the stage uses goes by another name now: most of its
 * lines are the same.
 */
export function isRenamed(
  { provider, value }: Given,
  { before, after }: { readonly before: KeyFields; readonly after: KeyFields },
  { history, digester }: Sources,
): boolean {
  const [source] = provider.sources(value);
  const digest = source === undefined ? undefined : before[source.field];
  if (source === undefined || digest === undefined) return false;
  if (digest === after[source.field]) return true;
  const was = history.recall(digest);
  const is = digester.read(source.module);
  if (was === null || is === null) return false;
  return likeness(entryOf(was), entryOf(is)) >= ALIKE;
}

function entryOf({ entry, files }: SourceText): string {
  return files[entry] ?? "";
}

function textsOf(
  changes: SourceChanges | null,
  show: (file: string) => string,
  path: string,
): readonly string[] {
  if (changes === null) return [`${show(path)} or what it imports changed`];
  const packages = changes.packages.map(({ name, before, after }) =>
    `package ${name} ${before ?? "unset"} -> ${after ?? "unset"}`
  );
  const files = changes.files.map(({ path, is, isEntry, added, removed }) =>
    `${isEntry ? "" : "helper "}${show(path)} ${
      is === "changed" ? "changed" : `is ${is}`
    }: +${added} -${removed}`
  );
  // No file that counts has changed: another bundler, or other settings.
  return packages.length + files.length === 0
    ? [`${show(path)} is compiled in another way`]
    : [...packages, ...files];
}

/** `plugins/beta.ts`, `vae-prior-foo/main.js`, `core/vae/model/network.ts`. */
function shown(file: string, baseDirectory: string): string {
  const folder = packageFolder(file);
  const paths = [
    relative(baseDirectory, file),
    ...(folder === undefined
      ? []
      : [file.slice(folder.lastIndexOf("node_modules") + 13)]),
    ...(file.startsWith(ROOT) ? [relative(ROOT, file)] : []),
  ];
  return paths.reduce((a, b) => b.length < a.length ? b : a)
    .replaceAll("\\", "/");
}
