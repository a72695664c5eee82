/**
 * A way to a server that can be cut.
 *
 * @module
 */

import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** The way. */
export interface Proxy {
  readonly url: string;
  /** Whether it is cut; then nobody comes through, and who was through is out. */
  cut(isCut: boolean): void;
  close(): void;
}

/** A way to the server at `url`, on a port of this machine. */
export async function openProxy(url: string): Promise<Proxy> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) return void client.resetAndDestroy();
    const target = connect(Number(port), hostname);
    for (const [one, other] of [[client, target], [target, client]] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: own } = server.address() as { port: number };
  const drop = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    url: `http://127.0.0.1:${own}`,
    cut: (value) => {
      isCut = value;
      if (isCut) drop();
    },
    close: () => {
      server.close();
      drop();
    },
  };
}
