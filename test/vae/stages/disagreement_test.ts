import * as v from "valibot";
import { expect, test } from "vitest";
import { uniformStream } from "../../../core/engine/random.ts";
import {
  disagreement,
  improbability,
} from "../../../core/vae/stages/_evaluate/disagreement.ts";
import evaluateStage from "../../../core/vae/stages/evaluate.ts";
import { gaussian } from "../../../plugins/mod.ts";
import meanOverCoordinates from "../conformance/wrong/mean_over_coordinates.ts";
import { useBackend } from "../../engine/backends.ts";
import { fakeContext } from "./fake_context.ts";
import { dataset, OPTIONS, train } from "./small_training.ts";

const COUNT = 2000;
/** ELBOs that differ by image. */
const image = uniformStream(1, 0);
const elbo = Float64Array.from({ length: COUNT }, () => -90 - 40 * image());

/** -ELBO by another draw each, `shift` nats off. */
function single(shift: number, count = COUNT): Float64Array {
  const noise = uniformStream(2, 0);
  return elbo.subarray(0, count)
    .map((value) => -value + 6 * (noise() - 0.5) + shift);
}

test("nothing is said where one draw gives the ELBO", () => {
  expect(disagreement(single(0), elbo)).toBeNull();
  expect(disagreement(single(0.1), elbo)).toBeNull();
  expect(disagreement(single(0, 500), elbo)).toBeNull();
  expect(disagreement(single(5, 1), elbo)).toBeNull();
});

test("an NLL above -ELBO is a fault of the prior", () => {
  expect(disagreement(single(0.5), elbo)).toMatch(
    /^The NLL of one draw is 11\d\.\d\d nats and -ELBO 1\d\d\.\d\d, and they should be equal \(difference 0\.\d\d ± 0\.0\d\): .*neither figure can be trusted$/,
  );
});

test("one below it says that the ELBO is too low", () => {
  expect(disagreement(single(-0.5), elbo)).toMatch(
    /\(difference -0\.\d\d ± 0\.0\d\): .*the ELBO is too low by that much$/,
  );
});

test.each([
  ["where the KL is not that of the densities", meanOverCoordinates(), 1],
  ["of nothing where it is", gaussian(), 0],
])("evaluate warns %s", async (_, prior, warnings) => {
  await useBackend("cpu");
  const given = { prior, latentDim: 20 };
  const { training } = await train({ ...OPTIONS, epochs: 1 }, given);
  const { context, heard } = fakeContext(given);
  const options = { nllSamples: 2, nllImages: 50, nllSweep: [] };
  await evaluateStage.run(
    { dataset, training },
    v.parse(evaluateStage.options, options),
    context,
  );
  expect(heard.warnings).toHaveLength(warnings);
  if (warnings > 0) {
    expect(heard.warnings[0]).toContain("neither figure can be trusted");
  }
});

test("a ratio of densities that no draw has", () => {
  expect(improbability(-Infinity)).toBeNull();
  expect(improbability(39)).toBeNull();
  expect(improbability(1.8e23)).toMatch(
    /^A draw has log p\(z\) - log q\(z\|x\) = 1.80e\+23 nats, .*NLL cannot be trusted$/,
  );
});
