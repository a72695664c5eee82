import { beforeAll, describe, expect, it, test } from "vitest";
import {
  defineObjective,
  type Densities,
  type ObjectiveSource,
  tf,
  v,
} from "../../../core/mod.ts";
import { encodeValue } from "../../../core/store/codec.ts";
import { dreg, elbo, iwae, stl } from "../../../plugins/objectives/mod.ts";
import {
  beta,
  dirichlet,
  flow,
  gamma,
  gaussian,
  vamp,
  vonMisesFisher,
} from "../../../plugins/mod.ts";
import { useBackend } from "../../engine/backends.ts";
import { temporary } from "./fake_context.ts";
import { OPTIONS, train } from "./small_training.ts";
import { firesAtLook } from "./stopping_signal.ts";

beforeAll(() => useBackend("cpu"));

const bytesOf = ({ training }: Awaited<ReturnType<typeof train>>) => {
  const { json, arrays } = encodeValue({ training });
  return [json, Buffer.from(arrays).toString("hex")];
};

describe.each([
  ["iwae", iwae({ samples: 3 })],
  ["dreg", dreg({ samples: 3 })],
  ["stl", stl()],
  ["free bits", elbo({ freeBits: 0.2 })],
])("training by %s", (_, objective) => {
  it("learns", async () => {
    const { training, heard } = await train(OPTIONS, { objective });
    const losses = training.epochs.map(({ loss }) => loss);
    expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.9);
    expect(heard.logs).toHaveLength(OPTIONS.epochs);
    const names = Object.keys(training.epochs[0]!);
    expect(names.includes("klWeight"))
      .toBe(objective.definition.name === "elbo");
  });

  it("goes on where it was stopped, and after fewer epochs", async () => {
    const prior = vamp({ components: 3 });
    const given = objective.definition.name === "elbo"
      ? { objective }
      : { objective, prior };
    const whole = bytesOf(await train(OPTIONS, given));
    const attemptDirectory = temporary();
    await expect(
      train(OPTIONS, { ...given, attemptDirectory, signal: firesAtLook(21) }),
    ).rejects.toThrow("stop");
    expect(bytesOf(await train(OPTIONS, { ...given, attemptDirectory })))
      .toEqual(whole);
    const { training, directory } = await train(
      { ...OPTIONS, epochs: 2 },
      given,
    );
    const earlier = { value: { training }, directory, after: "epoch 2" };
    expect(bytesOf(await train(OPTIONS, { ...given, earlier }))).toEqual(whole);
  });

  it("stops early by the ELBO of images that are held out", async () => {
    const options = { ...OPTIONS, epochs: 80, validation: 40, patience: 2 };
    const { training } = await train(options, { objective });
    expect(training.epochs.length).toBeLessThan(80);
    expect(training.epochs).toHaveLength(training.bestEpoch + 2);
  });
});

test.each([
  gaussian({ covariance: "full" }),
  gamma(),
  beta(),
  dirichlet(),
  vonMisesFisher(),
  flow({ layers: 2, hidden: 5 }),
])("every prior trains by dreg, $definition.name", async (prior) => {
  const { training } = await train(OPTIONS, { objective: dreg(), prior });
  const losses = training.epochs.map(({ loss }) => loss);
  expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.95);
});

describe("an objective that weighs draws", () => {
  const { definition } = gaussian();
  const withDensities = (prior?: Densities["prior"]) => ({
    options: {},
    kind: "prior",
    definition: {
      ...definition,
      create: (...given: Parameters<typeof definition.create>) => {
        const { densities, ...built } = definition.create(...given);
        return prior === undefined
          ? built
          : { ...built, densities: { ...densities!, prior } };
      },
    },
  });

  it("wants densities, also of a prior that no plan could build", async () => {
    await expect(train(OPTIONS, { objective: stl(), prior: withDensities() }))
      .rejects.toThrow(
        'objective "stl" asks for the densities of p(z) and q(z|x), prior "gaussian" has none',
      );
  });

  it("names them where they give no number", async () => {
    const prior = withDensities((latent) =>
      tf.sum(tf.log(tf.mul(0, latent)), 1)
    );
    await expect(train(OPTIONS, { objective: iwae(), prior })).rejects.toThrow(
      /not finite at step 1: prior "gaussian": log q - log p of its densities gave (NaN|Infinity)/,
    );
  });
});

describe("an objective", () => {
  const trainBy = (create: ObjectiveSource<typeof NONE>["create"]) =>
    train(OPTIONS, {
      objective: defineObjective({
        ...elbo().definition,
        name: "mine",
        options: NONE,
        label: () => "Mine",
        create,
      })(),
    });

  it("says what it needs before it takes it", async () => {
    const { terms } = elbo().definition.create({
      klWeight: 1,
      warmupEpochs: 0,
      freeBits: 1,
    });
    await expect(trainBy(() => ({ terms, rates: { klWeight: () => 1 } })))
      .rejects.toThrow(
        'Cannot use objective "mine": it calls "klByDimension" and does not need "dimensions", which not every prior has',
      );
    const { terms: weighed } = stl().definition.create({});
    await expect(trainBy(() => ({ terms: weighed }))).rejects.toThrow(
      'it calls "logPrior" and does not need "densities"',
    );
  });

  it("needs what there is to need", async () => {
    const needs = ["density"] as unknown as ["densities"];
    const terms = () => ({
      loss: tf.scalar(0),
      reconstruction: tf.zeros([1]).as1D(),
      kl: tf.zeros([1]).as1D(),
    });
    await expect(trainBy(() => ({ needs, terms }))).rejects.toThrow(
      'its needs are ["density"], want a list of "densities" and "dimensions"',
    );
  });
});

const NONE = v.strictObject({});
