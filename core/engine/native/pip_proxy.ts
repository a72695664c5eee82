/**
 * Which proxy pip uses, for it does not say: one of its own settings, before
 * those of the environment.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { proxyOf } from "../../lib/network/proxy.ts";
import { ProvisionError } from "./failure.ts";
import type { PipSetting } from "./pip_settings.ts";

const PROXY =
  /ProxyError|Cannot connect to proxy|Tunnel connection failed|InvalidProxyURL|SOCKS support|Failed to parse|Port could not be cast/i;

/** A proxy that pip's own settings name. */
export interface PipProxy {
  /** `proxy.example:3128`, for people. */
  readonly place: string;
  /** `PIP_PROXY`, or a pip.conf. */
  readonly setting: string;
}

/** That proxy, for a command of pip; null where they name none. */
export function pipProxyIn(
  settings: readonly PipSetting[],
  command = "download",
): PipProxy | null {
  // In this order pip looks at them.
  const [used] = [":env:", command, "global"].flatMap((from) =>
    settings.filter(({ section, key, value }) =>
      section === from && key === "proxy" && value !== ""
    )
  );
  if (used === undefined) return null;
  const setting = used.section === ":env:"
    ? "PIP_PROXY"
    : "proxy in a pip.conf";
  return { place: placeIn(used.value), setting };
}

function placeIn(text: string): string {
  try {
    return new URL(/^\w+:\/\//.test(text) ? text : `http://${text}`).host;
  } catch {
    return "that is no URL";
  }
}

/** Whether pip failed for want of a way through a proxy. */
function isOfProxy(output: string): boolean {
  return PROXY.test(output);
}

/** The failure in words; null where it was none of a proxy that is set here. */
export function proxyFailure(
  what: string,
  output: string,
  { env, own }: {
    readonly env: NodeJS.ProcessEnv;
    readonly own: PipProxy | null;
  },
): ProvisionError | null {
  if (!isOfProxy(output)) return null;
  try {
    const proxy = own === null ? proxyOf("https", env) : null;
    const { place, setting } = own ??
      { place: proxy?.place, setting: proxy?.variable };
    if (setting === undefined) return null;
    const why = /\b407\b/.test(output)
      ? "wants another user or password (407)"
      : "cannot be used";
    return new ProvisionError(
      "network",
      `${what} could not be fetched: the proxy ${place} (${setting}) ${why}`,
      {
        hint: `Correct ${setting}${
          own === null
            ? ", or name the package index in NO_PROXY"
            : " (`pip config list`)"
        }, then run setup`,
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
