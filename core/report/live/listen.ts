/** Which port is listened at. @module */

import type { Server } from "node:http";
import { UserError } from "../../lib/errors.ts";
import { codeOf } from "../../lib/files.ts";

/** This machine and no other. */
export const HOST = "127.0.0.1";
/** The first port that is tried. */
const FIRST = 7878;
/** How many are. */
const TRIED = 20;

/**
 * Has `server` listen at `port`, else at the first free port of a few, else at
 * any. Returns the port.
 *
 * @throws {UserError} where `port` is taken or may not be used.
 */
export async function listen(server: Server, port?: number): Promise<number> {
  if (port !== undefined) {
    try {
      return await listenAt(server, port);
    } catch (cause) {
      const why = codeOf(cause) === "EADDRINUSE"
        ? "another program listens there"
        : `the system refuses it (${codeOf(cause)})`;
      throw new UserError(`Cannot serve at port ${port}: ${why}`, {
        hint: "Name another, or none: then the next free one is taken",
        cause,
      });
    }
  }
  for (let tried = FIRST; tried < FIRST + TRIED; tried++) {
    try {
      return await listenAt(server, tried);
    } catch (error) {
      if (!["EADDRINUSE", "EACCES"].includes(codeOf(error) ?? "")) throw error;
    }
  }
  return await listenAt(server, 0);
}

function listenAt(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: HOST, port, exclusive: true }, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" ? address?.port ?? port : port);
    });
  });
}
