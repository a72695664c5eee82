/**
 * What goes wrong with a proxy, in words: with its host, without its password.
 *
 * @module
 */

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
