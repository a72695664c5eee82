import { describe, expect, it } from "vitest";
import { connect } from "../../core/queue/connection.ts";
import { queueStates } from "../../core/queue/queue_state.ts";
import { createProject } from "../pipeline/_project.ts";
import { redisMissing } from "./_redis.ts";
import { runByQueue } from "./_sweep.ts";
import { useRedis } from "./_use_redis.ts";
import { startWorker } from "./_work.ts";

describe.skipIf(redisMissing())("a worker that is told to stop", () => {
  const redis = useRedis();

  it("does not take again what it has given back, while another stage ends", async () => {
    const project = createProject();
    const given = { options: { total: { misbehave: "one is deaf" } } };
    const worker = startWorker(project, redis.url);
    const sweep = runByQueue(project, redis.url, { given });
    await project.held();
    const stopped = worker.stop();
    const givenBack = () =>
      worker.events.flatMap((event) =>
        event.type === "end" && event.result.status === "interrupted"
          ? [event.title]
          : []
      );
    await expect.poll(givenBack).toHaveLength(1);
    const connection = await connect(redis);
    const place = { url: redis.url, queue: "test" };
    await expect.poll(async () => (await queueStates(connection, place))[0])
      .toMatchObject({ waiting: 1, active: 1 });
    connection.disconnect();
    project.letGo();
    await stopped;
    expect(givenBack().sort()).toEqual(["total Toy(1)", "total Toy(2)"]);
    startWorker(project, redis.url);
    expect((await sweep).status).toBe("done");
  });
});
