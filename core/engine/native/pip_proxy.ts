/**
 * Where pip could not use the proxy: which one it is, for pip does not say.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { proxyOf } from "../../lib/network/proxy.ts";
import { ProvisionError } from "./failure.ts";

const PROXY =
  /ProxyError|Cannot connect to proxy|Tunnel connection failed|InvalidProxyURL|SOCKS support|Failed to parse|Port could not be cast/i;

/** The failure in words; null where it was none of a proxy that is set here. */
export function proxyFailure(
  what: string,
  output: string,
  env: NodeJS.ProcessEnv,
): ProvisionError | null {
  if (!PROXY.test(output)) return null;
  try {
    const proxy = proxyOf("https", env);
    if (proxy === null) return null;
    const { place, variable } = proxy;
    const why = /\b407\b/.test(output)
      ? "wants another user or password (407)"
      : "cannot be used";
    return new ProvisionError(
      "network",
      `${what} could not be fetched: the proxy ${place} (${variable}) ${why}`,
      {
        hint:
          `Correct ${variable}, or name the package index in NO_PROXY, then run setup`,
      },
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, hint = "" } = error;
    return new ProvisionError(
      "network",
      `${what} could not be fetched. ${message}`,
      { hint },
    );
  }
}
