/**
 * Keeps open pages up to date by server-sent events: of a page made of
 * fragments, those that have changed.
 *
 * @module
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
import { finished } from "node:stream/promises";
import { sha256 } from "../../lib/files.ts";
import { HEADERS } from "./respond.ts";

/** Parts of a page by their names, as HTML. */
export type Fragments = ReadonlyMap<string, string>;

/** Pages that show the same. */
export interface Channel {
  /** Sends everything now, and what changes from now on. */
  join(request: IncomingMessage, response: ServerResponse): void;
  /** Looks now: something has changed. */
  wake(): void;
  /** Sends how things stand in the end, and says that it is the end. */
  end(): Promise<void>;
}

/** Between two looks, unless looking takes long: at most a twentieth of the time. */
const INTERVAL_MS = 1000;
const LOOKING_SHARE = 20;
/** What a browser may take to hear that it is over. */
const FAREWELL_MS = 1000;

/** A channel that is silent while nobody listens; `look` gives null where there is nothing any more. */
export function createChannel(
  look: () => Promise<Fragments | null>,
): Channel {
  const clients = new Map<ServerResponse, Map<string, string>>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let again = false;

  async function update(): Promise<void> {
    clearTimeout(timer);
    const started = performance.now();
    // What is being replaced just now is there the next time.
    const fragments = await look().catch(() => undefined);
    for (const [client, known] of clients) {
      if (fragments === null) send(client, "gone", {});
      for (const [id, html] of fragments ?? []) {
        const version = versionOf(html);
        if (known.get(id) === version) continue;
        known.set(id, version);
        send(client, "fragment", { id, version, html });
      }
    }
    const spent = performance.now() - started;
    if (clients.size === 0) return;
    timer = setTimeout(wake, Math.max(INTERVAL_MS, LOOKING_SHARE * spent));
  }

  function wake(): void {
    again = true;
    looking ??= (async () => {
      while (again && clients.size > 0) {
        again = false;
        await update();
      }
      looking = undefined;
    })();
  }

  return {
    wake,
    join: (request, response) => {
      response.writeHead(200, {
        ...HEADERS,
        "content-type": "text/event-stream; charset=utf-8",
        "content-security-policy": "default-src 'none'",
      });
      if (request.method === "HEAD") return void response.end();
      response.write("retry: 1000\n\n");
      clients.set(response, new Map());
      response.on("close", () => {
        clients.delete(response);
        if (clients.size === 0) clearTimeout(timer);
      });
      wake();
    },
    end: async () => {
      again = false;
      await looking;
      await update();
      clearTimeout(timer);
      await Promise.all([...clients.keys()].map(bidFarewell));
    },
  };
}

/** Tells a fragment from what it was before. */
export function versionOf(html: string): string {
  return sha256(html).slice(0, 16);
}

/** Ends an answer, and waits for it to be on its way. */
async function bidFarewell(client: ServerResponse): Promise<void> {
  send(client, "end", {});
  client.end();
  await finished(client, { signal: AbortSignal.timeout(FAREWELL_MS) })
    // Who is gone, or takes nothing any more, hears nothing.
    .catch(() => {});
}

function send(client: ServerResponse, event: string, data: unknown): void {
  client.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
