/**
 * What goes wrong with a proxy, in words: with its host, without its password.
 *
 * @module
 */

import type { IncomingHttpHeaders } from "node:http";
import { messageOf, UserError } from "../errors.ts";
import { encryptionFailure } from "./certificate_failure.ts";
import type { Proxy } from "./proxy.ts";

/** A proxy that does not help, as is to be expected where there is no network. */
export class ProxyError extends UserError {
  /** Whether the next try may succeed. */
  readonly isTransient: boolean;

  constructor(
    message: string,
    options: { hint: string; isTransient: boolean; cause?: unknown },
  ) {
    super(message, options);
    this.isTransient = options.isTransient;
  }
}

/** Whether a person has set something wrongly, as opposed to no network. */
export function isMistake(error: unknown): boolean {
  return error instanceof UserError && !(error instanceof ProxyError);
}

/** The proxy has not let through, and answered this; wrong credentials are a mistake. */
export function refusal(
  { place, variable }: Proxy,
  { target, status }: { readonly target: string; readonly status: number },
): UserError {
  const what = `The proxy ${place} (${variable})`;
  if (status === 407) {
    return new UserError(
      `${what} wants another user or password on the way to ${target} (407)`,
      { hint: `In ${variable}, write USER:PASSWORD@ before the host` },
    );
  }
  return new ProxyError(
    `${what} does not connect to ${target}: it answered ${status}`,
    { hint: around(variable), isTransient: status >= 500 || status === 429 },
  );
}

/** Headers of proxies' own answers; `Via` stands in those that they pass on, too. */
const OWN = ["proxy-authenticate", "x-squid-error"];
/** What a gateway answers that has got no answer. */
const OF_GATEWAYS = [502, 503, 504];

/**
 * The error where the answer to a request for a whole URL is not of what was
 * asked for: one of the proxy itself, or of something else on the way; null where
 * it may well be. `marked`: it has what only answers of the service have.
 */
export function ownAnswer(
  proxy: Proxy,
  { target, status, headers, marked = false }: {
    readonly target: string;
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly marked?: boolean;
  },
): UserError | null {
  const isOwn = status === 407 || status >= 400 &&
      (OWN.some((name) => headers[name] !== undefined) ||
        /;\s*error=/.test(String(headers["proxy-status"])));
  if (isOwn) return refusal(proxy, { target, status });
  if (marked || !OF_GATEWAYS.includes(status)) return null;
  const { place, variable } = proxy;
  return new ProxyError(
    `The proxy ${place} (${variable}) gave ${status} on the way to ${target}, and nothing says that ${target} did`,
    { hint: around(variable), isTransient: true },
  );
}

/** There was no way to the proxy. */
export function unreachable(
  { place, variable }: Proxy,
  { target, error }: { readonly target: string; readonly error: unknown },
): ProxyError {
  const what =
    `The proxy ${place} (${variable}), on the way to ${target}, cannot be`;
  const encryption = encryptionFailure(error, "NODE_EXTRA_CA_CERTS");
  if (encryption !== null) {
    const { why, hint } = encryption;
    return new ProxyError(`${what} used: ${why}`, {
      hint,
      isTransient: false,
      cause: error,
    });
  }
  const { code } = Object(error) as { code?: unknown };
  return new ProxyError(
    `${what} reached (${messageOf(error) || String(code)})`,
    { hint: around(variable), isTransient: true, cause: error },
  );
}

function around(variable: string): string {
  return `Correct ${variable}, or name in NO_PROXY what is reached without a proxy`;
}
