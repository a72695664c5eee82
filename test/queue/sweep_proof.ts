import { Job, Queue } from "bullmq";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  afterAll,
  beforeAll,
  describe,
  expect,
  it,
  onTestFinished,
  vi,
} from "vitest";
import { UserError } from "../../core/lib/errors.ts";
import type { PipelineEvent } from "../../core/pipeline/types.ts";
import { connect } from "../../core/queue/connection.ts";
import {
  drainQueues,
  pauseQueues,
  queueStates,
} from "../../core/queue/queue_state.ts";
import { openStore } from "../../core/store/open.ts";
import { failures, type Project, summary } from "../pipeline/_open_project.ts";
import { createEditableProject, createProject } from "../pipeline/_project.ts";
import { redisMissing, startRedis, type TestRedis } from "./_redis.ts";
import { runByQueue } from "./_sweep.ts";
import { startWorker } from "./_work.ts";

const ALL = [
  "numbers",
  "scale Toy(1)",
  "scale Toy(2)",
  "total Toy(1)",
  "total Toy(2)",
];

/** What the store has of every file, by stage and key. */
async function digests(project: Project) {
  const store = await openStore(project.config().storeDirectory);
  return (await store.admin.list()).map(({ address, manifest }) => [
    address.stage,
    address.key,
    Object.entries(manifest!.files).map(([file, { sha256 }]) => [file, sha256]),
  ]);
}

describe.skipIf(redisMissing())("a sweep by BullMQ", () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.close());

  it("runs every stage once, with the local executor's bits", async () => {
    const [project, local] = [createProject(), createProject()];
    const given = { factors: [1, 2, 3], latentDims: [2, 3], seeds: [0, 1] };
    startWorker(project, redis.url);
    startWorker(project, redis.url);
    const events: PipelineEvent[] = [];
    const result = await runByQueue(project, redis.url, {
      given,
      onEvent: (event) => events.push(event),
    });
    const expected = await local.run(given);
    expect(summary(result)).toEqual(summary(expected));
    expect(result.warnings).toEqual(expected.warnings);
    expect(project.calls()).toEqual(local.calls());
    expect(await digests(project)).toEqual(await digests(local));
    const nodes = Object.keys(summary(expected)).length;
    for (const type of ["start", "end"]) {
      expect(events.filter((event) => event.type === type)).toHaveLength(nodes);
    }
    // Nothing is left behind in the queue.
    const connection = await connect(redis);
    const queue = new Queue("test-cpu", { connection });
    expect(await queue.getJobCountByTypes()).toBe(0);
    await queue.close();
    connection.disconnect();
    // And nothing is put into it the second time.
    const again = await runByQueue(project, redis.url, { given });
    expect(new Set(Object.values(summary(again))))
      .toEqual(new Set(["cached: unchanged"]));
  });

  it("goes on without its starter, who may attach again", async () => {
    const project = createProject();
    const given = { options: { numbers: { holds: true } } };
    const controller = new AbortController();
    const first = runByQueue(project, redis.url, {
      given,
      signal: controller.signal,
    });
    const worker = startWorker(project, redis.url);
    await project.held();
    controller.abort();
    expect((await first).status).toBe("interrupted");
    const notices: string[] = [];
    const second = runByQueue(project, redis.url, { given, notices });
    await expect.poll(() => notices.join())
      .toContain("are in the queue already");
    project.letGo();
    expect(failures(await second)).toEqual([]);
    expect(project.calls()).toEqual(ALL);
    await worker.stop();
  });

  it("gives a stage whose process has died another one, as the local executor does", async () => {
    const [project, local] = [createProject(), createProject()];
    const worker = startWorker(project, redis.url);
    const victim = { misbehave: "abort once", victim: "Toy(1)" };
    const given = { options: { total: victim } };
    const result = await runByQueue(project, redis.url, { given });
    const expected = await local.run(given);
    expect(summary(result)).toEqual(summary(expected));
    expect(result.warnings).toEqual(expected.warnings);
    expect(result.warnings.at(-1)).toContain("total Toy(1): tried again");
    expect(project.calls()).toEqual(local.calls());
    expect(await digests(project)).toEqual(await digests(local));
    const told = worker.events.flatMap((event) =>
      event.type === "warn" ? [event.message] : []
    );
    expect(told.filter((line) => line.includes("SIGABRT"))).toHaveLength(1);
  });

  it("tells of a failure as the local executor does, and goes on beside it", async () => {
    const [project, local] = [createProject(), createProject()];
    startWorker(project, redis.url);
    for (const misbehave of ["throw", "user error", "exit"]) {
      const given = { options: { total: { misbehave, victim: "Toy(1)" } } };
      const result = await runByQueue(project, redis.url, { given });
      const expected = await local.run(given);
      expect(summary(result)).toEqual(summary(expected));
      const errors = [result, expected].map(({ trials }) =>
        trials.flatMap(({ stages }) => stages)
          .flatMap(({ error }) => error === undefined ? [] : [error])
          .map((error) => [
            error.message,
            error instanceof UserError,
            (error as UserError).hint,
          ])
      );
      expect(errors[0]).toEqual(errors[1]);
      expect(errors[0]).toHaveLength(1);
    }
  });

  it("skips what needs a stage that failed", async () => {
    const project = createEditableProject();
    startWorker(project, redis.url);
    project.edit(
      "scale.ts",
      "noteCall(",
      "if (prior.label === 'Toy(2)') throw new Error('no'); noteCall(",
    );
    const result = await runByQueue(project, redis.url);
    expect(summary(result)).toMatchObject({
      "total Toy(1)": "done: new",
      "scale Toy(2)": "failed: new",
      "total Toy(2)": "skipped: needs scale Toy(2), which failed",
    });
  });

  it("makes a damaged input anew in the middle of it", async () => {
    const project = createProject();
    const plan = await project.plan();
    await runByQueueTo(project, "scale");
    const node = [...plan.nodes.values()]
      .find(({ title }) => title === "scale Toy(2)")!;
    const store = await openStore(plan.config.storeDirectory);
    const folder = store.directory({ stage: "scale", key: node.key });
    writeFileSync(join(folder, "note.txt"), "Boy(2)");
    startWorker(project, redis.url);
    project.calls();
    const result = await runByQueue(project, redis.url);
    expect(failures(result)).toEqual([]);
    expect(result.warnings.join()).toContain("was damaged");
    expect(project.calls())
      .toEqual(["scale Toy(2)", "total Toy(1)", "total Toy(2)"]);

    async function runByQueueTo(project: Project, to: string) {
      const worker = startWorker(project, redis.url);
      await runByQueue(project, redis.url, { to });
      await worker.stop();
    }
  });

  it("waits for a worker that holds what it has settled, before that is done anew", async () => {
    const project = createProject();
    const plan = await project.plan();
    await project.run(undefined, { to: "scale" });
    const node = [...plan.nodes.values()]
      .find(({ title }) => title === "scale Toy(2)")!;
    const store = await openStore(plan.config.storeDirectory);
    const folder = store.directory({ stage: "scale", key: node.key });
    writeFileSync(join(folder, "note.txt"), "Boy(2)");
    // The worker says what came of it, and is then kept from letting go, until
    // it has been asked for more often than damage is repaired.
    let letGo = () => {};
    const isLetGo = new Promise<void>((resolve) => letGo = resolve);
    const { moveToFailed, remove } = Job.prototype;
    vi.spyOn(Job.prototype, "moveToFailed").mockImplementation(
      async function (this: Job, ...words: Parameters<typeof moveToFailed>) {
        await isLetGo;
        return await moveToFailed.apply(this, words);
      },
    );
    let tries = 0;
    vi.spyOn(Job.prototype, "remove").mockImplementation(
      async function (this: Job, options) {
        if (++tries === 6) letGo();
        await remove.call(this, options);
      },
    );
    onTestFinished(() => void vi.restoreAllMocks());
    startWorker(project, redis.url);
    const result = await runByQueue(project, redis.url).finally(letGo);
    expect(failures(result)).toEqual([]);
    expect(result.warnings.filter((one) => one.includes("was damaged")))
      .toHaveLength(1);
  });

  it("runs again what is forced, once", async () => {
    const project = createProject();
    await project.run();
    project.calls();
    startWorker(project, redis.url);
    const result = await runByQueue(project, redis.url, { force: ["total"] });
    expect(summary(result)["total Toy(1)"]).toBe("done: forced");
    expect(project.calls()).toEqual(["total Toy(1)", "total Toy(2)"]);
  });

  it("is paused, drained and looked at", async () => {
    const project = createProject();
    const place = { url: redis.url, queue: "test" };
    const connection = await connect(place);
    await pauseQueues(connection, place, true);
    const worker = startWorker(project, redis.url);
    const controller = new AbortController();
    const sweep = runByQueue(project, redis.url, { signal: controller.signal });
    const state = async () =>
      (await queueStates(connection, place))
        .find(({ engine }) => engine === "cpu");
    await expect.poll(state).toMatchObject({
      sweeps: [{ stages: 5, settled: 0 }],
      isPaused: true,
      waiting: 1,
      parked: 4,
      active: 0,
      workers: [expect.stringMatching(`:${process.pid}$`)],
    });
    controller.abort();
    expect((await sweep).status).toBe("interrupted");
    expect(await drainQueues(connection, place)).toBe(5);
    await pauseQueues(connection, place, false);
    expect(await state()).toMatchObject({ waiting: 0, parked: 0 });
    expect(project.calls()).toEqual([]);
    const result = await runByQueue(project, redis.url);
    expect(failures(result)).toEqual([]);
    await worker.stop();
    connection.disconnect();
  });
});
