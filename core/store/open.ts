/**
 * Opens a store: a folder, or a service that keeps objects.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import { schemeOf } from "./local_folder.ts";
import type { ArtifactStore } from "./store.ts";

/**
 * Opens the store at a {@link ArtifactStore.location}: a folder, or
 * `s3://bucket/prefix`. Another kind of store is chosen here, by the scheme of a
 * URL; what it owes is in `test/store/conformance.ts`.
 *
 * @throws {UserError} where there is no store for such a location.
 */
export async function openStore(location: string): Promise<ArtifactStore> {
  const scheme = schemeOf(location);
  if (scheme === undefined) {
    const { folderStore } = await import("./folder/folder_store.ts");
    return folderStore(location);
  }
  if (scheme === "s3") {
    const { s3Store } = await import("./s3/s3_store.ts");
    return s3Store(location);
  }
  throw new UserError(
    `Cannot open the store: there is none for "${scheme}:", want a folder or s3://bucket/prefix`,
    { hint: 'Set another with "store" or VAE_PRIORS_STORE' },
  );
}
