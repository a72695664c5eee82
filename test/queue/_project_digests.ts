/** What a project has made. @module */

import { openStore } from "../../core/store/open.ts";
import type { Project } from "../pipeline/_open_project.ts";

/** What the store has of every file, by stage and key. */
export async function digests(project: Project) {
  const store = await openStore(project.config().storeDirectory);
  return (await store.admin.list()).map(({ address, manifest }) => [
    address.stage,
    address.key,
    Object.entries(manifest!.files).map(([file, { sha256 }]) => [file, sha256]),
  ]);
}
