/**
 * Which proxies are used, for `doctor`.
 *
 * @module
 */

import process from "node:process";
import { hideCredentials } from "../credentials.ts";
import { UserError } from "../errors.ts";
import { PROXIED, proxyOf, withoutProxy } from "./proxy.ts";

/** What the environment says of proxies. */
export interface ProxyReport {
  readonly status: "ok" | "fail";
  /** Without passwords. */
  readonly found: string;
  readonly advice?: string;
}

/** Looks at the environment only. */
export function describeProxies(
  env: NodeJS.ProcessEnv = process.env,
): ProxyReport {
  try {
    const used = PROXIED.flatMap((scheme) => {
      const proxy = proxyOf(scheme, env);
      return proxy === null
        ? []
        : [`${scheme} through ${proxy.place} (${proxy.variable})`];
    });
    if (used.length === 0) {
      return {
        status: "ok",
        found: "none: HTTPS_PROXY and HTTP_PROXY are not set",
      };
    }
    const except = withoutProxy(env);
    const without = except === null
      ? []
      : [`not to ${hideCredentials(except.text, env)} (${except.name})`];
    return { status: "ok", found: [...used, ...without].join(", ") };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, hint } = error;
    return {
      status: "fail",
      found: message,
      ...(hint === undefined ? {} : { advice: hint }),
    };
  }
}
