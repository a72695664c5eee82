/**
 * Reads a URL, through the proxy of its host where there is one. Node's own
 * `fetch` knows none in Node 20.
 *
 * @module
 */

import {
  Agent,
  type IncomingMessage,
  request,
  type RequestOptions,
} from "node:http";
import { request as secureRequest } from "node:https";
import { once } from "node:events";
import { proxyFor } from "./proxy.ts";
import { ownAnswer, unreachable } from "./proxy_failure.ts";
import { TunnelAgent, waysTo } from "./tunnel.ts";

/** Addresses that lead to others, at most so many. */
const REDIRECTS = 5;

/**
 * The answer to a GET, whose body is yet to be read; where it says that the
 * thing is elsewhere, the one from there.
 *
 * @throws {ProxyError} where a proxy cannot be used.
 * @throws {UserError} where its variable or the credentials are wrong.
 */
export async function get(
  url: URL,
  signal: AbortSignal,
  redirects = REDIRECTS,
): Promise<IncomingMessage> {
  const response =
    await (url.protocol === "https:"
      ? answered(secureRequest(url, { agent: new TunnelAgent(), signal }))
      : getPlain(url, signal));
  const { statusCode = 0, headers: { location } } = response;
  const isElsewhere = [301, 302, 303, 307, 308].includes(statusCode) &&
    location !== undefined && redirects > 0;
  if (!isElsewhere) return response;
  response.resume();
  return await get(new URL(location, url), signal, redirects - 1);
}

/** A proxy is asked for a whole URL that begins with http://. */
async function getPlain(
  url: URL,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const proxy = proxyFor(url);
  const options: RequestOptions = { agent: new Agent(), signal };
  if (proxy === null) return await answered(request(url, options));
  const { request: ask, host, port } = waysTo(proxy);
  const target = url.host;
  const asked = ask({
    signal,
    host,
    port,
    agent: false,
    path: url.href,
    headers: { ...proxy.headers, Host: target },
  });
  const response = await answered(asked).catch((error) => {
    throw signal.aborted ? error : unreachable(proxy, { target, error });
  });
  const { statusCode: status = 0, headers } = response;
  const failure = ownAnswer(proxy, { target, status, headers });
  if (failure === null) return response;
  response.destroy();
  throw failure;
}

async function answered(
  asked: ReturnType<typeof request>,
): Promise<IncomingMessage> {
  asked.end();
  const [response] = await once(asked, "response");
  return response as IncomingMessage;
}
