import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import {
  afterAll,
  beforeAll,
  describe,
  expect,
  it,
  onTestFinished,
} from "vitest";
import { storeDirectory } from "../../core/pipeline/plan.ts";
import type { PipelineEvent } from "../../core/pipeline/types.ts";
import { connect } from "../../core/queue/connection.ts";
import { openStore } from "../../core/store/store.ts";
import {
  openProject,
  type Project,
  summary,
} from "../pipeline/_open_project.ts";
import { createProject } from "../pipeline/_project.ts";
import { redisMissing, startRedis, type TestRedis } from "./_redis.ts";
import { runByQueue } from "./_sweep.ts";
import { startWorker } from "./_work.ts";

/** Another checkout of the project, on another machine so to speak. */
function checkOut(project: Project): Project {
  const folder = mkdtempSync(join(tmpdir(), "pipeline-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(project.folder, folder, { recursive: true, preserveTimestamps: true });
  return openProject(folder);
}

/** A worker that can be killed, and what it prints. */
function startProcess(project: Project, url: string) {
  const script = fileURLToPath(
    new URL("./_worker_process.ts", import.meta.url),
  );
  const child: ChildProcess = spawn(
    process.execPath,
    ["--import", "tsx", script, project.folder, url],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout! });
  return {
    until: async (word: string) => {
      for await (const [line] of on(lines)) if (line.includes(word)) return;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

async function* on(lines: ReturnType<typeof createInterface>) {
  for (;;) yield await once(lines, "line") as [string];
}

describe.skipIf(redisMissing())("a sweep in trouble", () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.close());

  it("is given to nobody whose code is another, who says which", async () => {
    const project = createProject();
    const other = checkOut(project);
    other.edit("helper.ts", "return", "return 1 +");
    const store = openStore(storeDirectory(project.config()));
    const wrong = startWorker(other, redis.url, { store });
    const events: PipelineEvent[] = [];
    const sweep = runByQueue(project, redis.url, {
      onEvent: (event) => {
        events.push(event);
        if (event.type === "warn" && event.message.includes("does not take")) {
          right ??= startWorker(project, redis.url);
        }
      },
    });
    let right: ReturnType<typeof startWorker> | undefined;
    const result = await sweep;
    expect(result.status).toBe("done");
    const refusals = wrong.events.flatMap((event) =>
      event.type === "refused" ? [event.why] : []
    );
    expect(refusals[0]).toMatch(
      /^its version of prior "toy", toy_prior.ts is another one: [0-9a-f]{12}, the sweep wants [0-9a-f]{12}$/,
    );
    expect(other.calls()).not.toContain("scale Toy(1)");
    const warnings = events.flatMap((event) =>
      event.type === "warn" ? [event.message] : []
    );
    expect(warnings.join("\n")).toContain('its version of prior "toy"');
  });

  it("is given to nobody with other data or another store", async () => {
    const project = createProject();
    const place = redis.url;
    const store = openStore(storeDirectory(project.config()));
    const data = checkOut(project);
    appendFileSync(join(data.folder, "outside.txt"), "other");
    const stranger = checkOut(project);
    const workers = [
      startWorker(data, place, { store }),
      startWorker(stranger, place),
    ];
    const sweep = runByQueue(project, place);
    const refusals = () =>
      workers.map(({ events }) =>
        events.flatMap((event) => event.type === "refused" ? [event.why] : [])
      );
    await expect.poll(() => refusals().every(([one]) => one !== undefined))
      .toBe(true);
    expect(refusals()[0]![0]).toContain('its data differ: "outside"');
    expect(refusals()[1]![0]).toContain("does not know run test-");
    startWorker(project, place);
    expect((await sweep).status).toBe("done");
  });

  it("gives the work of a dead worker to another, who goes on from its checkpoint", async () => {
    const project = createProject();
    const given = {
      factors: [1],
      options: { numbers: { count: 20 }, total: { stepMs: 100 } },
    };
    const dead = startProcess(project, redis.url);
    const sweep = runByQueue(project, redis.url, {
      given,
      onEvent: async (event) => {
        if (event.type === "log" && event.record.step === 5) await dead.kill();
      },
    });
    await dead.until('"start","title":"total');
    startWorker(project, redis.url);
    const result = await sweep;
    expect(summary(result)["total Toy(1)"]).toBe("done: new");
    const calls = project.calls();
    expect(calls.filter((call) => call === "total Toy(1)")).toHaveLength(2);
    expect(calls.filter((call) => call === "resumed")).toHaveLength(1);
    // What the others had done was not done again.
    expect(calls.filter((call) => call === "numbers")).toHaveLength(1);
  });

  it("is put into the queue again, where Redis has lost it", async () => {
    const project = createProject();
    const given = { options: { numbers: { waitMs: 300 } } };
    const connection = await connect(redis);
    let lost: Promise<unknown> | undefined;
    const sweep = runByQueue(project, redis.url, {
      given,
      onEvent: (event) => {
        if (event.type === "end") lost ??= connection.flushall();
      },
    });
    startWorker(project, redis.url);
    const result = await sweep;
    await lost;
    connection.disconnect();
    expect(lost).toBeDefined();
    expect(result.status).toBe("done");
    const calls = project.calls();
    expect(calls).toEqual([...new Set(calls)]);
  });

  it("outlives Redis", async () => {
    const project = createProject();
    const given = {
      factors: [1, 2, 3, 4],
      options: { numbers: { waitMs: 500 }, total: { stepMs: 200 } },
    };
    startWorker(project, redis.url);
    let restarted: Promise<void> | undefined;
    const result = await runByQueue(project, redis.url, {
      given,
      onEvent: (event) => {
        if (event.type !== "log") return;
        restarted ??= redis.kill().then(() => redis.start());
      },
    });
    await restarted;
    expect(restarted).toBeDefined();
    expect(result.status).toBe("done");
    const calls = project.calls();
    expect(calls).toEqual([...new Set(calls)]);
  });
});
