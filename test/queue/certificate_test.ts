/** A Redis whose certificate cannot be verified. */

import { once } from "node:events";
import { createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { UserError } from "../../core/lib/errors.ts";
import { connect } from "../../core/queue/connection.ts";
import { CERTIFICATE } from "../lib/network/certificate.ts";

test.each([
  [createTlsServer(CERTIFICATE), "its certificate cannot be verified"],
  [
    createServer((socket) =>
      void socket.on("data", () => socket.write("-ERR unknown\r\n"))
    ),
    "it does not speak TLS",
  ],
])("a Redis by TLS is a mistake %#", async (server, why) => {
  server.on("tlsClientError", () => {}).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const url = `rediss://:s3cret@127.0.0.1:${port}`;
  const connecting = connect({ url });
  await expect(connecting).rejects.toThrow(UserError);
  await expect(connecting).rejects.toThrow(
    `Cannot reach Redis at rediss://***@127.0.0.1:${port}: ${why}`,
  );
});
