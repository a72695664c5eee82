/** Mirrors of the small set, and such as are none. @module */

import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import { smallSet } from "./idx_fixture.ts";

const files: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
  Object.entries(smallSet()).map((
    [name, content],
  ) => [`/mnist/${name}.gz`, gzipSync(content)]),
);

/** Starts a mirror; gives its address and the paths asked of it. */
export async function startMirror(
  listener: RequestListener,
): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    address: `http://127.0.0.1:${
      (server.address() as AddressInfo).port
    }/mnist/`,
    asked,
  };
}

/** Has the small set. */
export const honest: RequestListener = (request, response) =>
  void response.end(files[request.url ?? ""]);
/** Has nothing. */
export const absent: RequestListener = (_, response) =>
  void response.writeHead(404).end();
/** Never answers. */
export const silent: RequestListener = () => {};
/** Sends the first bytes and then no more. */
export const stalling: RequestListener = (request, response) => {
  response.write(files[request.url ?? ""]!.subarray(0, 5));
};
/** A network that answers everything with a page of its own. */
export const portal: RequestListener = (_, response) =>
  void response.end("<html>Log in</html>");
/** Has other bytes under MNIST's names. */
export const stranger: RequestListener = (_, response) =>
  void response.end(gzipSync(Uint8Array.of(0, 0, 8, 1)));
/** Has the labels only. */
export const labelsOnly: RequestListener = (request, response) => {
  (request.url?.includes("labels") ? honest : absent)(request, response);
};
