import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import trainStage from "../../../core/vae/stages/train.ts";
import { elbo } from "../../../plugins/objectives/mod.ts";
import { useBackend } from "../../engine/backends.ts";
import { bytesOf, interrupt, metricsOf } from "./_resumed.ts";
import { temporary } from "./fake_context.ts";
import { OPTIONS, train } from "./small_training.ts";

beforeAll(() => useBackend("cpu"));

describe("a training with more epochs than a finished one", () => {
  const more = { ...OPTIONS, validation: 40, epochs: 5 };
  const objective = elbo({ warmupEpochs: 3 });

  it("goes on from there and ends with the same bits", async () => {
    const short = await train({ ...more, epochs: 2 }, { objective });
    const whole = await train(more, { objective });
    const { training, directory } = short;
    const attemptDirectory = temporary();
    const longer = await train(more, {
      objective,
      attemptDirectory,
      earlier: { value: { training }, directory },
    });
    expect(longer.heard.notes).toEqual([
      "goes on after epoch 2, after step 16 of 40",
    ]);
    expect(longer.heard.progress[0]).toBe(16);
    expect(bytesOf(longer)).toEqual(bytesOf(whole));
    expect(metricsOf(attemptDirectory)).toEqual(whole.heard.logs);
  });

  it("ends where the finished one stopped early", async () => {
    const early = { ...more, patience: 1, learningRate: 0.9 };
    const { training, directory } = await train({ ...early, epochs: 40 });
    expect(training.epochs.length).toBeLessThan(40);
    const earlier = { value: { training }, directory };
    const longer = await train({ ...early, epochs: 50 }, { earlier });
    expect(bytesOf(longer)).toEqual(
      bytesOf({ ...longer, training, directory }),
    );
  });

  it("keeps the state where it is of use", async () => {
    const kept = async (more: Record<string, unknown>) =>
      bytesOf(await train({ ...OPTIONS, ...more })).slice(2)
        .map((bytes) => bytes !== null);
    expect(await kept({})).toEqual([true, false]);
    expect(await kept({ schedule: "cosine" })).toEqual([false, false]);
    const schedule = "cooldown";
    expect(await kept({ schedule })).toEqual([false, true]);
    expect(await kept({ schedule, epochs: 1 })).toEqual([false, false]);
    // It ends before the rate falls.
    const early = { patience: 1, validation: 40, learningRate: 0.9 };
    expect(await kept({ schedule, epochs: 40, ...early }))
      .toEqual([true, false]);
  });

  it.each([
    ["a longer one that cools down", { schedule: "cooldown", epochs: 7 }, 3],
    ["one at a constant rate", { epochs: 4 }, 3],
    ["one that cools down further", {
      schedule: "cooldown",
      finalShare: 0,
      epochs: 4,
    }, 3],
  ])(
    "from the state before the rate fell %s goes on",
    async (_, options, done) => {
      // The best epoch of the first three is not the last of them.
      const rate = { ...more, learningRate: 0.3, finalShare: 0.2 };
      const short = { ...rate, epochs: 4, schedule: "cooldown" };
      const { training, directory } = await train(short, { objective });
      const longer = await train({ ...rate, ...options }, {
        objective,
        earlier: { value: { training }, directory },
      });
      expect(longer.heard.progress[0]).toBe(done * 8);
      const whole = await train({ ...rate, ...options }, { objective });
      expect(bytesOf(longer)).toEqual(bytesOf(whole));
    },
  );

  it("keeps the state before the fall through an interruption", async () => {
    const options = { ...more, schedule: "cooldown", learningRate: 0.3 };
    const attemptDirectory = temporary();
    await interrupt(options, { attemptDirectory }, 35);
    const resumed = await train(options, { attemptDirectory });
    expect(resumed.heard.notes[0]).toMatch(/^goes on in epoch 5/);
    expect(bytesOf(resumed)).toEqual(bytesOf(await train(options)));
  });

  it("prefers its own checkpoint", async () => {
    const { training, directory } = await train({ ...more, epochs: 2 });
    const earlier = { value: { training }, directory };
    const attemptDirectory = temporary();
    await interrupt(
      more,
      { attemptDirectory, earlier },
      2,
    );
    const resumed = await train(more, { attemptDirectory, earlier });
    expect(resumed.heard.notes[0]).toMatch(/^goes on in epoch 3/);
    expect(bytesOf(resumed)).toEqual(bytesOf(await train(more)));
  });

  it("says what it goes on from, and why it does not", () => {
    const options = (given: Record<string, unknown>) =>
      v.parse(trainStage.options, given);
    const from = (
      now: Record<string, unknown>,
      before: Record<string, unknown>,
    ) => trainStage.continues!.from(options(now), options(before));
    expect(from({ epochs: 30 }, { epochs: 20 }))
      .toEqual({ after: "epoch 20", done: 20 });
    expect(from({ epochs: 20 }, { epochs: 30 })).toBeNull();
    const early = { patience: 3, validation: 50 };
    expect(from({ ...early, epochs: 30 }, { ...early, epochs: 20 }))
      .toEqual({ after: "epoch 20, or where it stopped early", done: 20 });
    const cosine = { schedule: "cosine" };
    expect(from({ ...cosine, epochs: 30 }, { ...cosine, epochs: 20 }))
      .toEqual({ anew: "a cosine learning rate depends on the last epoch" });
    const cooldown = { schedule: "cooldown" };
    const after = "epoch 16, before the learning rate fell";
    expect(from({ ...cooldown, epochs: 30 }, { ...cooldown, epochs: 20 }))
      .toEqual({ after, done: 16 });
    expect(from({ epochs: 16 }, { ...cooldown, epochs: 20 }))
      .toEqual({ after, done: 16 });
    expect(from({ ...cooldown, epochs: 20 }, { epochs: 16 }))
      .toEqual({ after: "epoch 16", done: 16 });
    expect(from({ ...cooldown, epochs: 20 }, { epochs: 17 })).toBeNull();
    expect(from({ ...cooldown, epochs: 5 }, { ...cooldown, epochs: 1 }))
      .toEqual({ anew: "in 1 epoch the learning rate falls within the first" });
    expect(from({ ...cosine, epochs: 30 }, { epochs: 20 })).toBeNull();
  });
});
