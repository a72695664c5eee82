import { Job } from "bullmq";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openStore } from "../../core/store/open.ts";
import { failures, type Project } from "../pipeline/_open_project.ts";
import { createProject } from "../pipeline/_project.ts";
import { redisMissing } from "./_redis.ts";
import { runByQueue } from "./_sweep.ts";
import { useRedis } from "./_use_redis.ts";
import { startWorker } from "./_work.ts";

describe.skipIf(redisMissing())("a sweep by BullMQ that finds damage", () => {
  const redis = useRedis();

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
});
