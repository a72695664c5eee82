/**
 * Ports for servers that are to be left and taken again.
 *
 * @module
 */

import { createServer } from "node:net";

/** Below what systems give to those who do not care: there nobody comes in between. */
const [FIRST, COUNT] = [20_000, 12_000];
/** More than a process takes, so that those of two at a time differ. */
const EACH = 37;

let taken = 0;

/** A port of this machine at which nobody listens, nor will by chance. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + (EACH * process.pid + taken++) % COUNT;
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await new Promise<void>((done, refuse) => {
      server.once("error", refuse).listen(port, "127.0.0.1", done);
    });
  } catch {
    return false;
  }
  await new Promise((done) => server.close(done));
  return true;
}
