/**
 * A Redis of a test's own.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../port.ts";
import { type Child, startChild } from "../processes/child.ts";

/** A server. */
export interface TestRedis {
  readonly url: string;
  /** Kills it, as by a power cut. */
  kill(): Promise<void>;
  /** Starts it again, with what it had written. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const SERVERS = ["redis-server", "valkey-server"];

/** Why there is none here, or false; for `describe.skipIf`. */
export function redisMissing(): string | false {
  const program = findServer();
  if (program !== undefined) return false;
  console.warn(`Skipped: none of ${SERVERS.join(", ")} is installed here`);
  return "no Redis";
}

/** Starts a server with nothing in it; `settings` are words of its command line. */
export async function startRedis(
  settings: readonly string[] = [],
): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), "vae-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server: Child | undefined;
  const kill = async () => await server!.kill();
  const start = async () => {
    server = startChild([
      findServer()!,
      ...["--port", String(port), "--bind", "127.0.0.1", "--dir", folder],
      ...["--appendonly", "yes", "--appendfsync", "always", "--save", ""],
      ...settings,
    ]);
    // What was written has been read.
    await server.until("Ready to accept connections");
  };
  await start();
  return {
    url,
    kill,
    start,
    close: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findServer(): string | undefined {
  return SERVERS.find((name) =>
    spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0
  );
}
