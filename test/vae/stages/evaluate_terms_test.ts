/** What the means of the test set are the means of. @module */

import * as v from "valibot";
import { beforeAll, expect, it } from "vitest";
import type { Evaluation, Training } from "../../../core/mod.ts";
import { estimate } from "../../../core/vae/model/estimate.ts";
import { FIGURES } from "../../../core/vae/figures.ts";
import evaluateStage from "../../../core/vae/stages/evaluate.ts";
import { gaussian } from "../../../plugins/mod.ts";
import { useBackend } from "../../engine/backends.ts";
import { fakeContext, type FakeContextOptions } from "./fake_context.ts";
import { dataset, OPTIONS, train } from "./small_training.ts";

let training: Training;

beforeAll(async () => {
  await useBackend("cpu");
  training = (await train({ ...OPTIONS, epochs: 1 })).training;
});

async function evaluate(
  nllImages: number,
  given: FakeContextOptions = {},
): Promise<Evaluation> {
  const { context } = fakeContext(given);
  const options = { nllSamples: 20, nllImages, nllSweep: [] };
  const { evaluation } = await evaluateStage.run(
    { dataset, training },
    v.parse(evaluateStage.options, options),
    context,
  );
  return evaluation as Evaluation;
}

it("every figure is the mean of its terms, to the last bit", async () => {
  const evaluation = await evaluate(7);
  const measured = { evaluation, latentMetrics: null, sampleMetrics: null };
  const names = FIGURES.flatMap(({ name, read, terms }) => {
    const found = terms?.(measured);
    if (!found) return [];
    const { mean, standardError } = estimate(found);
    expect(read(measured), name).toEqual({ value: mean, error: standardError });
    return [name];
  });
  expect(names).toEqual(["elbo", "reconstruction", "kl", "nll"]);
  const { terms, images } = evaluation;
  expect(terms?.reconstruction).toHaveLength(images);
  expect(terms?.kl).toHaveLength(images);
  expect(terms?.nll).toHaveLength(7);
});

it("without the NLL there are no terms of it", async () => {
  expect((await evaluate(0)).terms?.nll).toBeNull();
});

it("two priors of a seed see the same images and the same noise, another seed other noise", async () => {
  const { terms } = await evaluate(0);
  // The posterior and its draws are the same; only the KL knows the prior.
  const other = await evaluate(0, { prior: gaussian({ mean: 1 }) });
  expect(other.terms?.reconstruction).toEqual(terms?.reconstruction);
  expect(other.terms?.kl).not.toEqual(terms?.kl);
  const seed = await evaluate(0, { seed: 6 });
  expect(seed.terms?.reconstruction).not.toEqual(terms?.reconstruction);
  expect(seed.terms?.kl).toEqual(terms?.kl);
});
