/**
 * A proxy on a port of this machine, which tunnels by CONNECT and passes on what
 * is asked with a whole URL.
 *
 * @module
 */

import { once } from "node:events";
import { createServer, request } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { onTestFinished } from "vitest";

/** The proxy. */
export interface ProxyServer {
  /** `127.0.0.1:PORT`. */
  readonly place: string;
  /** `CONNECT host:port` and `GET http://...`, as they came. */
  readonly asked: string[];
}

/** Options of {@link startProxy}. */
export interface ProxyServerOptions {
  /** `user:password`, without which it answers 407. */
  readonly credentials?: string;
  /** Answers everything so. */
  readonly status?: number;
  /** What its own answers have. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Is reached by TLS. */
  readonly certificate?: { readonly key: string; readonly cert: string };
}

/** Starts one, until the test ends. */
export async function startProxy(
  { credentials, status, headers: own = {}, certificate }: ProxyServerOptions =
    {},
): Promise<ProxyServer> {
  const asked: string[] = [];
  const sockets = new Set<Duplex>();
  const wanted = credentials === undefined
    ? undefined
    : `Basic ${Buffer.from(credentials).toString("base64")}`;
  const refused = (given: string | undefined) =>
    status ?? (wanted === undefined || given === wanted ? undefined : 407);
  const server = certificate === undefined
    ? createServer()
    : createSecureServer(certificate);
  server.on("request", (incoming, response) => {
    const { method, url = "", headers } = incoming;
    asked.push(`${method} ${url}`);
    const { "proxy-authorization": given, ...rest } = headers;
    const code = refused(given);
    if (code !== undefined) return void response.writeHead(code, own).end("No");
    const outgoing = request(url, { method, headers: rest }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    }).on("error", () => void response.destroy());
    incoming.pipe(outgoing);
  });
  server.on("connect", (incoming, client: Duplex) => {
    asked.push(`CONNECT ${incoming.url}`);
    sockets.add(client.on("error", () => {}));
    const code = refused(incoming.headers["proxy-authorization"]);
    if (code !== undefined) {
      return void client.end(`HTTP/1.1 ${code} No\r\n\r\n`);
    }
    const { hostname, port } = new URL(`http://${incoming.url}`);
    const target = connect(Number(port), hostname, () => {
      client.write("HTTP/1.1 200 Yes\r\n\r\n");
      target.pipe(client).pipe(target);
    }).on("error", () => client.destroy());
    client.on("close", () => target.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return { place: `127.0.0.1:${port}`, asked };
}
