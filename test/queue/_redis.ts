/**
 * A Redis of a test's own.
 *
 * @module
 */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { createInterface } from "node:readline";
import { freePort } from "../port.ts";

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

/** Starts a server with nothing in it. */
export async function startRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), "vae-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server: ChildProcess | undefined;
  const kill = async () => {
    const exited = once(server!, "exit");
    server!.kill("SIGKILL");
    await exited;
  };
  const start = async () => {
    server = spawn(findServer()!, [
      ...["--port", String(port), "--bind", "127.0.0.1", "--dir", folder],
      ...["--appendonly", "yes", "--appendfsync", "always", "--save", ""],
    ], { stdio: ["ignore", "pipe", "inherit"] });
    await saysReady(server.stdout!);
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

/** Waits for the line that comes when what was written has been read. */
function saysReady(output: Readable): Promise<void> {
  const said: string[] = [];
  return new Promise((ready, refuse) => {
    createInterface({ input: output }).on("line", (line) => {
      said.push(line);
      if (line.includes("Ready to accept connections")) ready();
    }).on("close", () => refuse(new Error(`Redis ended:\n${said.join("\n")}`)));
  });
}

function findServer(): string | undefined {
  return SERVERS.find((name) =>
    spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0
  );
}
