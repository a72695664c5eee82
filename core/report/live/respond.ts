/**
 * What goes back to the browser, and what is refused.
 *
 * @module
 */

import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { HOST } from "./listen.ts";

/** A whole answer. */
export interface Answer {
  readonly status: number;
  /** Plain text, unless there is a policy. */
  readonly text: string;
  /** What the page may do; then `text` is HTML. */
  readonly policy?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Every answer says so: nothing is kept, guessed, framed or read by other pages. */
export const HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** Nothing from anywhere, in no frame. */
const CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'none'";

/** The policy of a live page whose only script has the digest `hash`. */
export function livePolicy(hash: string): string {
  return `${CLOSED}; img-src data:; style-src 'unsafe-inline'; script-src ${hash}; connect-src 'self'`;
}

/** A report has a policy of its own, which names its script; this one cuts it off from here. */
const REPORT_POLICY =
  `${CLOSED}; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; sandbox allow-scripts`;

/** This machine, to a browser on it; a tunnel (`ssh -L`) has a port of its own. */
const LOCAL = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/**
 * Why a request is not answered; null where it is. A page of elsewhere whose
 * name was made to point here ("DNS rebinding") calls this machine by that name.
 */
export function refusalOf(request: IncomingMessage): Answer | null {
  const { method = "", headers } = request;
  if (!LOCAL.test(headers.host ?? "")) {
    return { status: 403, text: `This is ${HOST}, and no other host` };
  }
  if (method === "GET" || method === "HEAD") return null;
  return {
    status: 405,
    text: "Nothing can be changed here",
    headers: { allow: "GET, HEAD" },
  };
}

/** Sends a whole answer; Node leaves the text out where only the head is asked for. */
export function respond(response: ServerResponse, answer: Answer): void {
  const { status, text, policy, headers } = answer;
  response.writeHead(status, {
    ...HEADERS,
    ...headers,
    "content-type": `text/${policy ? "html" : "plain"}; charset=utf-8`,
    "content-length": Buffer.byteLength(text),
    "content-security-policy": policy ?? CLOSED,
  });
  response.end(text);
}

/** Sends the report at `path`. */
export async function sendReport(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { size } = await stat(path);
  response.writeHead(200, {
    ...HEADERS,
    "content-type": "text/html; charset=utf-8",
    "content-length": size,
    "content-security-policy": REPORT_POLICY,
  });
  if (request.method === "HEAD") response.end();
  // Who leaves early is no error.
  else await pipeline(createReadStream(path), response).catch(() => {});
}
