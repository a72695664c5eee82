/**
 * The server: pages of runs and what has changed in them since, for browsers on
 * this machine alone.
 *
 * @module
 */

import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { hideCredentials } from "../../lib/credentials.ts";
import { messageOf } from "../../lib/errors.ts";
import { hidePaths } from "../../lib/shown_paths.ts";
import { openStore } from "../../store/open.ts";
import { HOST, listen } from "./listen.ts";
import { openRooms } from "./rooms.ts";
import { refusalOf, respond, sendReport } from "./respond.ts";

/** Options of {@link startServer}. */
export interface ServeOptions {
  /** The project's folder, which its priors are named from. */
  readonly baseDirectory: string;
  /** Folder of outputs, absolute. */
  readonly outputDirectory: string;
  /** Where the artifacts are. */
  readonly storeDirectory: string;
  /** The port to listen at; default the first free one from 7878 on. */
  readonly port?: number | undefined;
}

/** A server that listens. */
export interface RunServer {
  /** `http://127.0.0.1:7878/`. */
  readonly url: string;
  /** Address of a run's page. */
  urlOf(run: string): string;
  /** Tells open pages how things stand, and stops. */
  close(): Promise<void>;
}

/**
 * Starts a server on 127.0.0.1, which changes nothing.
 *
 * @throws {UserError} where the port asked for is taken or may not be used.
 */
export async function startServer(
  { baseDirectory, outputDirectory, storeDirectory, port }: ServeOptions,
): Promise<RunServer> {
  const rooms = openRooms(outputDirectory, {
    store: await openStore(storeDirectory),
    base: baseDirectory,
  });

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const refusal = refusalOf(request);
    if (refusal !== null) return respond(response, refusal);
    const [, ...path] = request.url!.replace(/[?#].*$/, "").split("/");
    const id = path[0] === "runs" ? path[1] : undefined;
    const rest = path.slice(id === undefined ? 0 : 2).join("/");
    const room = id === undefined ? rooms.overview : await rooms.find(id);
    if (room === null) return respond(response, NOT_FOUND);
    if (rest === "") return respond(response, await room.page());
    if (rest === "events") return room.join(request, response);
    const report = rest === "report.html" ? await room.report() : null;
    if (report === null) return respond(response, NOT_FOUND);
    return await sendReport(report, request, response);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const why = hideCredentials(messageOf(error));
      const text = `Cannot show this: ${hidePaths(why, baseDirectory)}`;
      if (response.headersSent) response.destroy();
      else respond(response, { status: 500, text });
    });
  });
  const url = `http://${HOST}:${await listen(server, port)}/`;
  return {
    url,
    urlOf: (run) => `${url}runs/${encodeURIComponent(run)}`,
    close: async () => {
      await rooms.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        // Browsers keep connections that they have no use for.
        server.closeAllConnections();
      });
    },
  };
}

const NOT_FOUND = { status: 404, text: "There is no such page" };
