import * as v from "valibot";
import { beforeAll, expect, it } from "vitest";
import type { Training } from "../../../core/vae/model/artifacts.ts";
import evaluateStage from "../../../core/vae/stages/evaluate.ts";
import { useBackend } from "../../engine/backends.ts";
import {
  fakeContext,
  type FakeContextOptions,
  temporary,
} from "./fake_context.ts";
import { dataset, OPTIONS, train } from "./small_training.ts";
import { firesAtLook } from "./stopping_signal.ts";

let training: Training;

beforeAll(async () => {
  await useBackend("cpu");
  training = (await train({ ...OPTIONS, epochs: 1 })).training;
});

/** Batches of 5 images, the last of which overlaps. */
async function evaluate(given: FakeContextOptions = {}) {
  const { context, heard } = fakeContext(given);
  const options = { nllSamples: 200, nllImages: 48, nllSweep: [10] };
  const { evaluation } = await evaluateStage.run(
    { dataset, training },
    v.parse(evaluateStage.options, options),
    context,
  );
  return { evaluation, heard };
}

it("a likelihood that was interrupted goes on and ends with the same figures", async () => {
  const attemptDirectory = temporary();
  // The first look is after the ELBO's only batch.
  for (const batches of [1, 3, 5]) {
    const signal = firesAtLook(1 + batches);
    await expect(evaluate({ attemptDirectory, signal })).rejects.toThrow(
      "stop",
    );
  }
  const { evaluation, heard } = await evaluate({ attemptDirectory });
  expect(heard.notes).toEqual(["goes on after batch 9 of the likelihood"]);
  expect(evaluation).toEqual((await evaluate()).evaluation);
});
