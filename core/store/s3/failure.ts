/**
 * What went wrong with a service, and what a person can do about it.
 *
 * @module
 */

import { hideAllOfCredentials } from "../../lib/credentials.ts";
import { messageOf, RunError, UserError } from "../../lib/errors.ts";
import { encryptionFailure } from "../../lib/network/certificate_failure.ts";
import { ProxyError } from "../../lib/network/proxy_failure.ts";
import { codeOf } from "../../lib/files.ts";
import { RefusedError } from "../remote/objects.ts";
import type { Bundle } from "./certificates.ts";
import type { S3Location } from "./location.ts";

/** Where the service is, to a person. */
interface ServiceNames {
  readonly location: S3Location;
  /** URL of the service; undefined: Amazon's. */
  readonly endpoint: string | undefined;
  /** Certificates in place of Node's; default Node's. */
  readonly bundle?: Bundle | undefined;
}

const NETWORK = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "ERR_STREAM_PREMATURE_CLOSE",
]);
const DENIED = new Set([
  "AccessDenied",
  "AllAccessDisabled",
  "ExpiredToken",
  "InvalidAccessKeyId",
  "InvalidToken",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
]);
const ELSEWHERE = new Set([
  "AuthorizationHeaderMalformed",
  "IllegalLocationConstraintException",
  "PermanentRedirect",
]);

/** What a service answers that does not know a request, or a condition of it. */
const UNKNOWN = [400, 405, 501];

/** The status of the service's answer; undefined where there was none. */
export function statusOf(error: unknown): number | undefined {
  const { $metadata } = Object(error) as {
    $metadata?: { httpStatusCode?: number };
  };
  return $metadata?.httpStatusCode;
}

/** S3's own name of an error: `NoSuchKey`. */
export function nameOf(error: unknown): string {
  return String((Object(error) as { name?: unknown }).name);
}

/** Whether the next try may succeed. */
export function isTransient(error: unknown): boolean {
  if (error instanceof ProxyError) return error.isTransient;
  if (NETWORK.has(codeOf(error) ?? "")) return true;
  const status = statusOf(error);
  if (["TimeoutError", "RequestTimeout", "SlowDown"].includes(nameOf(error))) {
    return true;
  }
  return status === 429 ||
    status !== undefined && status >= 500 && ![501, 505, 507].includes(status);
}

/** An error of the service with what to do about it; any other as it is. */
export function explainFailure(error: unknown, names: ServiceNames): unknown {
  const { location, endpoint } = names;
  const service = endpoint ?? "Amazon S3";
  const name = nameOf(error);
  const status = statusOf(error);
  const what = `Cannot use the store "${location.text}"`;
  const user = (why: string, hint: string) =>
    new UserError(`${what}: ${why}`, { hint, cause: error });
  if (error instanceof ProxyError) return user(error.message, error.hint ?? "");
  if (name === "NoSuchBucket") {
    return user(
      `there is no bucket "${location.bucket}" at ${service}`,
      "Create it, or name another one; AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL or endpoint_url of the AWS profile says which service it is",
    );
  }
  if (/Credential|TokenProviderError/.test(name) && status === undefined) {
    return user(
      `there are no credentials for ${service} (${messageIn(error)})`,
      "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
    );
  }
  if (DENIED.has(name) || status === 401 || status === 403) {
    return user(
      `${service} denies access (${name}: ${messageIn(error)})`,
      "Look at AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and at what they may do in this bucket: read, write, list and delete",
    );
  }
  if (ELSEWHERE.has(name) || status === 301) {
    return user(
      `the bucket is in another region (${name}: ${messageIn(error)})`,
      "Set AWS_REGION to the bucket's",
    );
  }
  if (status === 507 || name === "XMinioStorageFull") {
    return user(`${service} is full`, "Free some space there");
  }
  if (status !== undefined && UNKNOWN.includes(status)) {
    return new RefusedError(
      `${what}: ${service} answered ${status} ${name} (${messageOf(error)})`,
      {
        hint:
          "It does not do what is asked of it, and will not if asked again: use another service, or a shared folder",
        cause: error,
      },
    );
  }
  if (status !== undefined) {
    return new RunError(
      `${what}: ${service} answered ${status} ${name} (${messageIn(error)})`,
      {
        hint:
          "Run again, all that was complete is kept; if it happens again, look at the service's log",
        cause: error,
      },
    );
  }
  const encryption = encryptionFailure(
    error,
    "AWS_CA_BUNDLE (alone, in place of Node's) or NODE_EXTRA_CA_CERTS (added to Node's)",
  );
  if (encryption !== null) {
    return user(
      `${service} cannot be used: ${encryption.why}${
        names.bundle === undefined
          ? ""
          : `; looked for in ${names.bundle.from} ("${names.bundle.file}")`
      }`,
      encryption.hint,
    );
  }
  if (!isTransient(error)) return error;
  const reason = messageIn(error) || codeOf(error) || name;
  return new RunError(`${what}: ${service} cannot be reached (${reason})`, {
    hint:
      "Run again when it is there, all that was complete is kept; AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL or endpoint_url of the AWS profile says where it is",
    cause: error,
  });
}

/** What the service or its library says; either was given the credentials. */
function messageIn(error: unknown): string {
  return hideAllOfCredentials(messageOf(error));
}
