/** A store for each test, of which something is to go. @module */

import { mkdtempSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, onTestFinished } from "vitest";
import { collectGarbage, type GcOptions } from "../../core/runs/gc.ts";
import { sha256 } from "../../core/lib/files.ts";
import { folderStore } from "../../core/store/folder/folder_store.ts";
import type { ArtifactAddress } from "../../core/store/store.ts";

/** Where a test finds them; each has others. */
export const here = {
  root: "",
  outputs: "",
  store: folderStore(""),
};

/** Has each test of the file find an empty store. */
export function useStore(): void {
  beforeEach(() => {
    const root = mkdtempSync(join(tmpdir(), "gc-"));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const store = folderStore(join(root, "store"));
    Object.assign(here, { root, outputs: join(root, "outputs"), store });
  });
}

/** Removes what nothing refers to. */
export function collect(limits: Partial<GcOptions> = {}) {
  return collectGarbage(here.store, { outputs: here.outputs, ...limits });
}

/** The address of an artifact that is called so. */
export const at = (name: string): ArtifactAddress => ({
  stage: "train",
  key: sha256(name),
});

/** Puts artifacts into the store. */
export async function put(...names: readonly string[]) {
  for (const name of names) {
    const draft = await here.store.draft(at(name));
    const value = { training: { name } };
    await draft.commit(value, { fields: {}, ms: 1, warnings: [] });
  }
}

/** Puts a reference there: what `run` needs. */
export async function refer(run: string, names: readonly string[], rest = {}) {
  const record = join(here.outputs, "runs", run, "record.json");
  await here.store.admin.references.put({
    run,
    record,
    host: hostname(),
    artifacts: names.map(at),
    owner: null,
    ...rest,
  });
  return record;
}

/** Which of a, b and c are still there. */
export async function left(): Promise<readonly string[]> {
  const keys = new Set(
    (await here.store.admin.list()).map(({ address }) => address.key),
  );
  return ["a", "b", "c"].filter((name) => keys.has(sha256(name)));
}
