/**
 * Where a store keeps what is of this machine alone.
 *
 * @module
 */

import { join } from "node:path";
import { cacheRoot } from "../lib/user_cache.mjs";
import { sha256 } from "../lib/files.ts";

/**
 * The scheme of a location that is a URL: `s3`; undefined: it is a folder. What
 * was meant for one and lacks a slash is none: a folder of that name would be
 * made, credentials in it and all.
 */
export function schemeOf(location: string): string | undefined {
  return /^(s3(?=:)|[a-z][a-z0-9+.-]+(?=:\/\/))/i.exec(location)?.[1]
    ?.toLowerCase();
}

/**
 * The folder on this machine that belongs to the store at `location`: a folder
 * store's own, and for any other one in the user's cache, with copies of what
 * the store has, remembered digests and sources.
 *
 * Buckets of the same name on different servers have different folders.
 */
export function localFolder(
  location: string,
  env: NodeJS.ProcessEnv = process.env,
): string {
  if (schemeOf(location) === undefined) return location;
  const server = [
    env["AWS_ENDPOINT_URL_S3"] || env["AWS_ENDPOINT_URL"] || "",
    env["AWS_PROFILE"] ?? "",
  ];
  const identity = [location.replace(/\/+$/, ""), ...server];
  const name = sha256(JSON.stringify(identity)).slice(0, 16);
  return join(cacheRoot(env), "stores", name);
}
