import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { uniformStream } from "../../../core/engine/random.ts";
import trainStage from "../../../core/vae/stages/train.ts";
import { flow, gaussian, mixture, vamp } from "../../../plugins/mod.ts";
import { useBackend } from "../../engine/backends.ts";
import { bytesOf, interrupt, metricsOf } from "./_resumed.ts";
import { fakeContext, temporary } from "./fake_context.ts";
import { learntPrior } from "./learnt_prior.ts";
import { dataset, model, OPTIONS, train } from "./small_training.ts";
import { elbo } from "../../../plugins/objectives/mod.ts";

beforeAll(() => useBackend("cpu"));

describe("a training that was interrupted", () => {
  it.each([
    ["fixed", gaussian()],
    ["learnt", learntPrior()],
    ["mixture", mixture({ components: 3 })],
    ["vamp", vamp({ components: 4 })],
    ["flow", flow({ layers: 2, hidden: 5 })],
  ])(
    "goes on after the step it was at and ends with the same bits (%s prior)",
    async (_, prior) => {
      const whole = await train(OPTIONS, { prior });
      const attemptDirectory = temporary();
      await interrupt(OPTIONS, { prior, attemptDirectory }, 21);
      const resumed = await train(OPTIONS, { prior, attemptDirectory });
      expect(resumed.heard.logs.map(({ epoch }) => epoch)).toEqual([3, 4]);
      expect(resumed.heard.notes)
        .toEqual(["goes on in epoch 3, after step 21 of 40"]);
      expect(resumed.heard.warnings).toEqual([]);
      expect(resumed.heard.progress[0]).toBe(21);
      expect(bytesOf(resumed)).toEqual(bytesOf(whole));
      expect(metricsOf(attemptDirectory)).toEqual(whole.heard.logs);
    },
  );

  it("ends with the same bits from ten interruptions in one training", async () => {
    const options = {
      ...OPTIONS,
      validation: 40,
      clipNorm: 5,
      schedule: "cosine",
    };
    const objective = elbo({ warmupEpochs: 1.5 });
    const whole = await train(options, { objective });
    const attemptDirectory = temporary();
    const uniform = uniformStream(3, 0);
    let step = 0;
    for (let i = 0; i < 10; i++) {
      // From one to three steps: an epoch has 8, all have 32.
      const steps = 1 + Math.floor(uniform() * 3);
      await interrupt(options, { attemptDirectory, objective }, steps);
      step += steps;
    }
    const resumed = await train(options, { attemptDirectory, objective });
    expect(resumed.heard.notes[0]).toContain(`after step ${step} of 32`);
    expect(bytesOf(resumed)).toEqual(bytesOf(whole));
    expect(metricsOf(attemptDirectory)).toEqual(whole.heard.logs);
  });

  it("goes on from the last checkpoint where nobody could save", async () => {
    const attemptDirectory = temporary();
    const whole = await train();
    const { context } = fakeContext({ attemptDirectory, due: () => true });
    const killed = {
      ...context,
      log: () => {
        throw new Error("killed");
      },
    };
    await expect(
      trainStage.run(
        { dataset, vae: await model() },
        v.parse(trainStage.options, OPTIONS),
        killed,
      ),
    ).rejects.toThrow("killed");
    const resumed = await train(OPTIONS, { attemptDirectory });
    expect(resumed.heard.notes[0]).toMatch(/^goes on in epoch 1, after step/);
    expect(bytesOf(resumed)).toEqual(bytesOf(whole));
  });

  it("starts over where the checkpoint is damaged", async () => {
    const attemptDirectory = temporary();
    const whole = await train(OPTIONS, { attemptDirectory, due: () => true });
    const path = join(attemptDirectory, "checkpoint.bin");
    const bytes = readFileSync(path);
    bytes[bytes.length - 9]! ^= 1;
    writeFileSync(path, bytes);
    const again = await train(OPTIONS, { attemptDirectory });
    expect(again.heard.notes)
      .toEqual(["the checkpoint is damaged and is not used"]);
    expect(again.heard.logs).toHaveLength(4);
    expect(again.training).toEqual(whole.training);
  });
});
