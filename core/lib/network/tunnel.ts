/**
 * Connections for https: through the proxy of the host, where there is one, by
 * its CONNECT. Node 20 has no such agent.
 *
 * @module
 */

import { type ClientRequestArgs, request } from "node:http";
import {
  Agent,
  request as secureRequest,
  type RequestOptions,
} from "node:https";
import type { Duplex } from "node:stream";
import { type Proxy, proxyFor } from "./proxy.ts";
import { refusal, unreachable } from "./proxy_failure.ts";

/** A proxy is told of as silent after this time. */
const SILENT_MS = 10_000;

type Done = (error: Error | null, stream: Duplex) => void;

/** An agent for https that goes through proxies. */
export class TunnelAgent extends Agent {
  override createConnection(
    options: RequestOptions,
    done?: Done,
  ): Duplex | null | undefined {
    const target = targetOf(options);
    let proxy: Proxy | null;
    try {
      proxy = proxyFor(new URL(`https://${target}`));
    } catch (error) {
      // There is no stream to give.
      done?.(error as Error, undefined as unknown as Duplex);
      return undefined;
    }
    if (proxy === null) return super.createConnection(options, done);
    openTunnel(proxy, { target, signal: options.signal }).then(
      (socket) => {
        const through = { ...options, socket } as RequestOptions;
        done?.(null, super.createConnection(through) as Duplex);
      },
    ).catch((error) => done?.(error, undefined as unknown as Duplex));
    return undefined;
  }
}

/** `host:443`. */
function targetOf({ host, port }: RequestOptions): string {
  const name = host?.includes(":") ? `[${host}]` : host ?? "localhost";
  return `${name}:${port ?? 443}`;
}

/** How a request reaches a proxy itself. */
export function waysTo(proxy: Proxy) {
  const { host, port, secure } = proxy;
  return { request: secure ? secureRequest : request, host, port };
}

function openTunnel(
  proxy: Proxy,
  { target, signal }: {
    readonly target: string;
    readonly signal: AbortSignal | undefined;
  },
): Promise<Duplex> {
  return new Promise((done, fail) => {
    const { request, host, port } = waysTo(proxy);
    const options: ClientRequestArgs = {
      host,
      port,
      method: "CONNECT",
      path: target,
      headers: { ...proxy.headers, Host: target },
      agent: false,
      timeout: SILENT_MS,
      ...(signal === undefined ? {} : { signal }),
    };
    const asked = request(options);
    asked.on("connect", ({ statusCode: status = 0 }, socket, head) => {
      if (status >= 200 && status < 300) {
        // It was the way to the proxy that could be silent.
        socket.setTimeout(0);
        if (head.length > 0) socket.unshift(head);
        return void done(socket);
      }
      socket.destroy();
      fail(refusal(proxy, { target, status }));
    });
    asked.on("response", (response) => {
      response.destroy();
      fail(refusal(proxy, { target, status: response.statusCode ?? 0 }));
    });
    asked.on(
      "timeout",
      () => asked.destroy(new Error(`silent for ${SILENT_MS / 1000} s`)),
    );
    asked.on(
      "error",
      (error) =>
        fail(
          signal?.aborted === true
            ? error
            : unreachable(proxy, { target, error }),
        ),
    );
    asked.end();
  });
}
