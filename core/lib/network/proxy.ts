/**
 * Proxies, as the environment names them: `HTTPS_PROXY` for https, `HTTP_PROXY`
 * for http, `ALL_PROXY` where these are not set, and `NO_PROXY` for hosts that
 * are reached without. Lower-case names are looked at first, as pip and curl do.
 *
 * @module
 */

import process from "node:process";
import { UserError } from "../errors.ts";
import { isWithoutProxy } from "./no_proxy.ts";

/** A proxy. */
export interface Proxy {
  /** The variable that names it. */
  readonly variable: string;
  /** `proxy.example:3128`, for people. */
  readonly place: string;
  /** Whether the way to the proxy itself is encrypted. */
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** Headers with the credentials; never shown. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Kinds of addresses for which there may be a proxy. */
export const PROXIED = ["https", "http"] as const;

/** `https` or `http`. */
export type Scheme = typeof PROXIED[number];

/**
 * The proxy on the way to a URL; null where there is none.
 *
 * @throws {UserError} where the variable is no URL of a proxy; it is not shown.
 */
export function proxyFor(
  url: URL,
  env: NodeJS.ProcessEnv = process.env,
): Proxy | null {
  const proxy = proxyOf(url.protocol === "https:" ? "https" : "http", env);
  if (proxy === null) return null;
  return isWithoutProxy(url, valueOf("NO_PROXY", env)?.text ?? "")
    ? null
    : proxy;
}

/**
 * The proxy of a kind of address.
 *
 * @throws {UserError} as {@link proxyFor} does.
 */
export function proxyOf(
  scheme: Scheme,
  env: NodeJS.ProcessEnv = process.env,
): Proxy | null {
  const found = valueOf(`${scheme.toUpperCase()}_PROXY`, env) ??
    valueOf("ALL_PROXY", env);
  return found === null || found.text === "" ? null : readProxy(found);
}

/** What `NO_PROXY` says, and under which name. */
export function withoutProxy(
  env: NodeJS.ProcessEnv = process.env,
): { readonly name: string; readonly text: string } | null {
  const found = valueOf("NO_PROXY", env);
  return found === null || found.text === "" ? null : found;
}

/** A variable in either case; an empty one counts, as it takes back the other. */
function valueOf(name: string, env: NodeJS.ProcessEnv) {
  for (const spelled of [name.toLowerCase(), name]) {
    const text = env[spelled]?.trim();
    if (text !== undefined) return { name: spelled, text };
  }
  return null;
}

function readProxy(
  { name, text }: { readonly name: string; readonly text: string },
): Proxy {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  // What is left over may be a piece of a password with `/`, `#` or `?` in it.
  const isRight = url !== null && /^https?:$/.test(url.protocol) &&
    url.hostname !== "" && url.pathname === "/" && !/[?#\s]/.test(full);
  if (!isRight) {
    const found = url === null || /^https?:$/.test(url.protocol)
      ? ""
      : `found one of ${url.protocol}//, `;
    throw new UserError(
      `Cannot use the proxy in ${name}: ${found}want http://HOST:PORT, with USER:PASSWORD@ before HOST where it asks for them`,
      {
        hint:
          "In a password, percent-encode all but letters and digits (/ is %2F, @ is %40); NO_PROXY names hosts that are reached without a proxy",
      },
    );
  }
  const secure = url.protocol === "https:";
  const port = Number(url.port || (secure ? 443 : 80));
  return {
    variable: name,
    place: `${url.hostname}:${port}`,
    secure,
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port,
    headers: credentialsOf(url),
  };
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const text = `${decoded(username)}:${decoded(password)}`;
  return {
    "Proxy-Authorization": `Basic ${Buffer.from(text).toString("base64")}`,
  };
}

/** A `%` that begins nothing is itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
