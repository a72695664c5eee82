/**
 * Which proxy pip uses, for it does not say: one of its own settings, before
 * those of the environment.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { proxyOf } from "../../lib/network/proxy.ts";
import { ProvisionError } from "./failure.ts";

const PROXY =
  /ProxyError|Cannot connect to proxy|Tunnel connection failed|InvalidProxyURL|SOCKS support|Failed to parse|Port could not be cast/i;

/** A proxy that pip's own settings name. */
export interface PipProxy {
  /** `proxy.example:3128`, for people. */
  readonly place: string;
  /** `PIP_PROXY`, or a pip.conf. */
  readonly setting: string;
}

/** That proxy, in what `pip config list` says; null where there is none. */
export function pipProxyIn(settings: string): PipProxy | null {
  const found = settings.split(/\r?\n/).flatMap((line) => {
    const [, section, , text = ""] =
      /^(:env:|global|download)\.proxy=(['"])(.*)\2$/.exec(line) ?? [];
    return text === "" ? [] : [{ section, place: placeIn(text) }];
  });
  // In this order pip looks at them.
  const [used] = [":env:", "download", "global"].flatMap((section) =>
    found.filter((one) => one.section === section)
  );
  if (used === undefined) return null;
  const setting = used.section === ":env:"
    ? "PIP_PROXY"
    : "proxy in a pip.conf";
  return { place: used.place, setting };
}

function placeIn(text: string): string {
  try {
    return new URL(/^\w+:\/\//.test(text) ? text : `http://${text}`).host;
  } catch {
    return "that is no URL";
  }
}

/** Whether pip failed for want of a way through a proxy. */
export function isOfProxy(output: string): boolean {
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
