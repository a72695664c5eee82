// Priors with one thing wrong each, as a stage that computes would get them.

import { beforeAll, describe, expect, it } from "vitest";
import { createProgram } from "../../../core/engine/program/create.ts";
import { createRandom } from "../../../core/engine/random.ts";
import { messageOf, UserError } from "../../../core/lib/errors.ts";
import {
  type PriorPlugin,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
  v,
} from "../../../core/mod.ts";
import { priorProgram } from "../../../core/vae/model/latent_program.ts";
import { overDraws } from "../../../core/vae/model/run_batches.ts";
import { openPrior } from "../../../core/vae/open_prior.ts";
import * as plugins from "../../../plugins/mod.ts";
import { tinyModel } from "../../plugins/tiny_model.ts";
import { ENGINES, useBackend } from "../../engine/backends.ts";
import { type GaussianParts, gaussianWith } from "./_right.ts";
import { LATENT_DIM, WRONG } from "./_wrong_parts.ts";

const INPUT_SIZE = 784;
const identity = { name: "mine", module: import.meta.url };

function built(plugin: PriorPlugin, latentDim = LATENT_DIM, isTried = true) {
  const { definition, options } = plugin();
  return openPrior({
    definition,
    options: v.parse(definition.options, options),
    label: "Mine",
  }, { latentDim, isTried }).build(INPUT_SIZE);
}

describe.each(ENGINES)("a trial on $title", ({ name: engine, missing }) => {
  beforeAll(async () => {
    if (!missing) await useBackend(engine);
  });
  const test = it.skipIf(missing);

  test.each(WRONG)("finds %s", (_, replace, says) => {
    const plugin = gaussianWith(
      identity,
      (right) => replace(right) as Partial<GaussianParts>,
    );
    const error = errorOf(() => built(plugin));
    expect(error).toBeInstanceOf(UserError);
    expect(messageOf(error)).toMatch(/^Cannot use prior "mine": /);
    const found = messageOf(error).slice('Cannot use prior "mine": '.length);
    if (typeof says === "string") expect(found).toContain(says);
    else expect(found).toMatch(says);
  });

  test("finds what a constrain makes of raw units", () => {
    const plugin = (constrain: (raw: Tensor2D) => Tensor2D) => () =>
      built(gaussianWith({ ...identity, constrain }));
    expect(plugin((raw) => tf.sum(raw, 1) as Tensor as Tensor2D)).toThrow(
      'Cannot use prior "mine": head.scale.constrain gives shape [7], want [7,20], which is [B, units] with B = 7, units = 20',
    );
    expect(plugin((raw) => tf.log(raw))).toThrow(
      /head\.scale\.constrain gives NaN at/,
    );
  });

  test("lets densities be those of nothing", () => {
    const plugin = gaussianWith(identity, (right) => ({
      densities: {
        ...right.densities!,
        prior: (latent) => tf.fill([latent.shape[0]], -Infinity) as Tensor1D,
      },
    }));
    expect(() => built(plugin)).not.toThrow();
  });

  test("lets the priors of the project pass, and leaves nothing behind", () => {
    for (const plugin of Object.values(plugins) as PriorPlugin[]) {
      built(plugin, 2);
      const before = tf.memory().numTensors;
      built(plugin);
      expect(tf.memory().numTensors, plugin.definition.name).toBe(before);
    }
  });

  test("holds the prior of one dimension to the contract, too", () => {
    const { definition } = gaussianWith(identity, (right) => ({
      klDivergence: (...given) =>
        tf.mean(right.klDivergence(...given)) as Tensor as Tensor1D,
    }))();
    const { definition: guarded } = openPrior({
      definition,
      options: {},
      label: "Mine",
    }, { latentDim: LATENT_DIM });
    const one = guarded.create({}, { latentDim: 1, inputSize: INPUT_SIZE });
    const posterior = { mean: tf.zeros([3, 1]), scale: tf.ones([3, 1]) };
    expect(() => one.klDivergence(posterior as never, {} as never)).toThrow(
      "klDivergence gives shape [], want [3]",
    );
    tf.dispose(posterior);
  });

  test("holds each later call to the contract, for other sizes too", () => {
    const plugin = gaussianWith(identity, (right) => ({
      priorSample: (count, ...rest) =>
        right.priorSample(Math.min(count, 100), ...rest),
    }));
    const prior = built(plugin);
    expect(() =>
      tf.tidy(() => {
        const random = createRandom({ seed: 1, step: 0 });
        prior.priorSample(150, random, {
          learnt: {},
          encode: () => ({}),
        });
      })
    ).toThrow("priorSample gives shape [100,20], want [150,20]");
  });
});

describe.each(ENGINES)("a trained model on $title", ({ name, missing }) => {
  beforeAll(async () => {
    if (!missing) await useBackend(name);
  });
  const test = it.skipIf(missing);
  const plugin = gaussianWith(identity, (right, { latentDim }) => ({
    learnt: { shift: { shape: [latentDim], initial: () => [0, 0] } },
    priorSample: (count, random, scope) =>
      tf.add(right.priorSample(count, random, scope), scope.learnt["shift"]!),
    posteriorMean: ({ mean, scale }) => tf.add(mean, tf.log(scale)),
  }));
  const shift = (data: readonly number[]) => ({
    variables: { "prior/shift": { shape: [2], data: Float32Array.from(data) } },
    model: {
      ...tinyModel(plugins.gaussian(), { latentDim: 2 }).model,
      prior: built(plugin, 2, false),
    },
  });

  test("whose prior has no numbers left is not drawn from", async () => {
    const make = (data: readonly number[]) =>
      overDraws(
        (count) => priorProgram(shift(data), { count, seed: 1 }),
        { count: 5 },
      );
    const { latents } = await make([0, 1]);
    expect(latents).toHaveLength(10);
    await expect(make([0, NaN])).rejects.toThrow(
      'Cannot use prior "mine": priorSample gives NaN at [0,1], want finite numbers; 5 of 10 are not finite',
    );
  });

  test("whose means are no numbers is not shown", () => {
    const { prior } = shift([0, 0]).model;
    const mean = (scale: number) =>
      tf.tidy(() => {
        const of = (value: number) => tf.fill([3, 2], value) as Tensor2D;
        return prior.posteriorMean({ mean: of(1), scale: of(scale) })
          .arraySync();
      });
    expect(mean(1)).toEqual([[1, 1], [1, 1], [1, 1]]);
    expect(() => mean(0)).toThrow("posteriorMean gives -Infinity at [0,0]");
  });

  test("is compiled as without a guard", () => {
    const { definition } = plugin();
    const context = { latentDim: 2, inputSize: INPUT_SIZE };
    const bare = definition.create({}, context);
    const { variables, model } = shift([0, 1]);
    const [found, wanted] = [model.prior, bare].map((prior) => {
      const spec = priorProgram({ model: { ...model, prior }, variables }, {
        count: 5,
        seed: 1,
      });
      const program = createProgram(spec);
      const { latents } = program.run({ step: 3 });
      program.dispose();
      return { ...program.execution, latents };
    });
    expect(found).toEqual(wanted);
    expect(found!.compiled).toBe(name === "native");
  });
});

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
