/** Redis whose memory has an end. */

import type { Redis } from "ioredis";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../core/lib/errors.ts";
import { connect } from "../../core/queue/connection.ts";
import { openStore } from "../../core/store/open.ts";
import { failures } from "../pipeline/_open_project.ts";
import { createProject } from "../pipeline/_project.ts";
import { redisMissing, startRedis, type TestRedis } from "./_redis.ts";
import { runByQueue } from "./_sweep.ts";
import { startWorker } from "./_work.ts";

const FULL =
  /^Cannot write to Redis at redis:\/\/127\.0\.0\.1:\d+: it says "OOM command not allowed when used memory > 'maxmemory'", with [\d.]+[MK] in use and a maxmemory of [\d.]+[MK]$/;

describe.skipIf(redisMissing())("Redis whose memory has an end", () => {
  let redis: TestRedis | undefined;
  const start = async (...settings: readonly string[]) => {
    redis = await startRedis(settings);
    return redis;
  };
  const open = async ({ url }: TestRedis): Promise<Redis> => {
    const connection = await connect({ url });
    onTestFinished(() => connection.disconnect());
    return connection;
  };
  afterEach(() => redis?.close());

  it.each(["allkeys-lru", "volatile-ttl"])(
    "is refused where it would drop jobs, by %s",
    async (policy) => {
      const { url } = await start(
        ...["--maxmemory", "3mb", "--maxmemory-policy", policy],
      );
      const project = createProject();
      const refusal = `its maxmemory-policy is "${policy}", by which it drops`;
      const run = runByQueue(project, url);
      await expect(run).rejects.toThrow(refusal);
      await expect(run).rejects.toThrow(UserError);
      await expect(startWorker(project, url).ended).rejects.toThrow(refusal);
      expect(project.calls()).toEqual([]);
    },
  );

  it.each([["+info", "drops jobs"], ["+config", "drops jobs"]])(
    "is asked by %s where it forbids the rest",
    async (allowed, said) => {
      const server = await start("--maxmemory-policy", "allkeys-random");
      const connection = await open(server);
      const rights = ["-@all", "+ping", "+client", "+select", allowed];
      await connection.call(
        "ACL",
        "SETUSER",
        "some",
        "on",
        ">word",
        "~*",
        "&*",
        ...rights,
      );
      const url = server.url.replace("//", "//some:word@");
      const run = runByQueue(createProject(), url);
      await expect(run).rejects.toThrow(said);
      await expect(run).rejects.toThrow("redis://***@127.0.0.1");
    },
  );

  it("that is full is refused by who starts a sweep and by workers", async () => {
    const server = await start("--maxmemory", "100kb");
    const project = createProject();
    const run = runByQueue(project, server.url);
    await expect(run).rejects.toThrow(FULL);
    await expect(run).rejects.toThrow(UserError);
    await expect(startWorker(project, server.url).ended).rejects.toThrow(FULL);
  });

  it("that fills up ends the run, and the same run goes on from what is made", async () => {
    const server = await start();
    const connection = await open(server);
    const project = createProject();
    const given = { options: { total: { holdAt: 1 } } };
    const worker = startWorker(project, server.url);
    const run = runByQueue(project, server.url, { given });
    const ended = expect(run).rejects.toThrow(FULL);
    await project.held();
    const draining = startWorker(project, server.url, {
      drain: true,
      concurrency: 1,
    });
    const drained = expect(draining.ended).rejects.toThrow(FULL);
    await connection.config("SET", "maxmemory", "100kb");
    await ended;
    await drained;
    const notes = () =>
      worker.events.flatMap((event) =>
        event.type === "note" && event.title === null ? [event.message] : []
      );
    await expect.poll(() => notes().join("\n")).toContain(
      "; this worker waits until that is over, and loses nothing",
    );
    expect(notes()).toHaveLength(1);
    project.letGo();
    const store = await openStore(project.config().storeDirectory);
    await expect.poll(() => store.list("total")).not.toEqual([]);
    await connection.config("SET", "maxmemory", "0");
    await expect.poll(() => notes()).toContain("Redis can be written to again");
    expect(failures(await runByQueue(project, server.url, { given })))
      .toEqual([]);
    const calls = project.calls().filter((call) => call !== "resumed");
    expect(calls.filter((call) => call === "numbers")).toHaveLength(1);
  });

  it("that begins to drop jobs ends the run and the workers", async () => {
    const server = await start();
    const connection = await open(server);
    const project = createProject();
    const given = { options: { numbers: { holds: true } } };
    const worker = startWorker(project, server.url);
    const refusal = 'its maxmemory-policy is "allkeys-lru"';
    const run = runByQueue(project, server.url, { given });
    const ended = expect(run).rejects.toThrow(refusal);
    const stopped = expect(worker.ended).rejects.toThrow(refusal);
    await project.held();
    await connection.config("SET", "maxmemory-policy", "allkeys-lru");
    await ended;
    project.letGo();
    await stopped;
  });

  it.each(["data", "lists", "jobs"])(
    "that loses %s of a sweep under way is given them again",
    async (what) => {
      const server = await start();
      const connection = await open(server);
      const project = createProject();
      const given = { options: { numbers: { holds: true } } };
      const notices: string[] = [];
      startWorker(project, server.url);
      const run = runByQueue(project, server.url, { given, notices });
      await project.held();
      await lose(connection, what);
      project.letGo();
      expect(failures(await run)).toEqual([]);
      expect(notices).toContain(
        "Stages of this sweep have gone from the queue; they are put in again",
      );
    },
  );
});

/** Takes out of the parked stages what eviction may take. */
async function lose(connection: Redis, what: string): Promise<void> {
  const jobs = (await connection.keys("bull:test-cpu:test-*.*"))
    .filter((key) => /\.[0-9a-f]{64}$/.test(key));
  for (const key of jobs) {
    // That of the stage that is held.
    if (await connection.exists(`${key}:lock`)) continue;
    if (what === "data") await connection.hdel(key, "data", "opts", "name");
    if (what === "jobs") await connection.del(key);
  }
  if (what === "lists") await connection.del("bull:test-cpu:delayed");
}
