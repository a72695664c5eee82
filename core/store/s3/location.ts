/**
 * `s3://bucket/prefix`.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";

/** Where a store is on the service. */
export interface S3Location {
  readonly bucket: string;
  /** Before every path of the store; empty or with a `/` at its end. */
  readonly prefix: string;
  /** As a person writes it, without `/` at its end. */
  readonly text: string;
}

const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/;
const PART = /^(?!\.{1,2}$)[\w.~ =@+-]+$/;

/**
 * Reads a location.
 *
 * @throws {UserError} where it is none.
 */
export function parseLocation(location: string): S3Location {
  const text = location.replace(/\/+$/, "");
  const hasScheme = /^s3:\/\//i.test(location);
  const [bucket = "", ...parts] = text.slice("s3://".length).split("/");
  if (
    hasScheme && BUCKET.test(bucket) && parts.every((part) => PART.test(part))
  ) {
    const prefix = parts.map((part) => `${part}/`).join("");
    return { bucket, prefix, text };
  }
  const wrong = !hasScheme
    ? "after s3: there are no two slashes"
    : /[:@]/.test(bucket)
    ? "its URL holds credentials, which do not belong there"
    : !BUCKET.test(bucket)
    ? "its bucket is none"
    : "its prefix is none";
  // The URL is not shown: what is wrong in it may be part of a secret.
  throw new UserError(
    `Cannot open the store: ${wrong}; want s3://bucket/prefix, the prefix of letters, digits and .-_/`,
    {
      hint:
        'Set another with "store" or VAE_PRIORS_STORE; credentials with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE',
    },
  );
}
