/** The store on an S3-compatible service. @module */

import { localFolder } from "../local_folder.ts";
import { remoteStore } from "../remote/remote_store.ts";
import type { ArtifactStore } from "../store.ts";
import { s3Objects } from "./s3_objects.ts";
import { parseLocation } from "./location.ts";

/**
 * Opens the store at `s3://bucket/prefix`. Nothing is asked of the service
 * before something is asked of the store.
 *
 * @throws {UserError} where the location is none.
 */
export function s3Store(location: string): ArtifactStore {
  const parsed = parseLocation(location);
  return remoteStore(s3Objects(parsed), localFolder(parsed.text));
}
