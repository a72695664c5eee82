import { Queue } from "bullmq";
import { describe, expect, it } from "vitest";
import type { PipelineEvent } from "../../core/pipeline/types.ts";
import { connect } from "../../core/queue/connection.ts";
import {
  drainQueues,
  pauseQueues,
  queueStates,
} from "../../core/queue/queue_state.ts";
import { failures, summary } from "../pipeline/_open_project.ts";
import { createProject } from "../pipeline/_project.ts";
import { digests } from "./_project_digests.ts";
import { redisMissing } from "./_redis.ts";
import { runByQueue } from "./_sweep.ts";
import { useRedis } from "./_use_redis.ts";
import { startWorker } from "./_work.ts";

const ALL = [
  "numbers",
  "scale Toy(1)",
  "scale Toy(2)",
  "total Toy(1)",
  "total Toy(2)",
];

describe.skipIf(redisMissing())("a sweep by BullMQ", () => {
  const redis = useRedis();

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
