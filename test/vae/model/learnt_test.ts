import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../../core/engine/random.ts";
import { UserError } from "../../../core/lib/errors.ts";
import { elboTerms } from "../../../core/vae/model/elbo.ts";
import { initialLearnt } from "../../../core/vae/model/learnt.ts";
import { decode, encode } from "../../../core/vae/model/network.ts";
import { priorScope } from "../../../core/vae/model/prior_scope.ts";
import {
  type KlScope,
  type LearntParameter,
  type Prior,
  type Tensor2D,
  tf,
} from "../../../core/mod.ts";
import { useBackend } from "../../engine/backends.ts";
import { gaussian } from "../../../plugins/mod.ts";
import { tinyModel } from "../../plugins/tiny_model.ts";

beforeAll(() => useBackend("cpu"));

const CONTEXT = { latentDim: 2, inputSize: 6 };
const normal = gaussian().definition.create(
  { mean: 0, variance: 1 },
  CONTEXT,
);

function withLearnt(learnt: Readonly<Record<string, LearntParameter>>): Prior {
  return { ...normal, learnt };
}

const weight: LearntParameter = {
  shape: [2, 3],
  initial: (uniform) => Array.from({ length: 6 }, uniform),
};
const start = (prior: Prior, seed = 4) =>
  initialLearnt("prior", prior.learnt, { name: "mine", seed });

describe("initialLearnt", () => {
  it("gives each parameter a stream of its own, under its name", () => {
    const alone = start(withLearnt({ weight }));
    const both = start(withLearnt({ "0/bias": weight, weight }));
    expect(Object.keys(both)).toEqual(["prior/0/bias", "prior/weight"]);
    expect(both["prior/weight"]).toEqual(alone["prior/weight"]);
    expect(both["prior/0/bias"]!.data).not.toEqual(alone["prior/weight"]!.data);
    expect(start(withLearnt({ weight }), 5)).not.toEqual(alone);
    expect(start(withLearnt({ weight }))).toEqual(alone);
    expect(alone["prior/weight"]!.shape).toEqual([2, 3]);
    for (const value of alone["prior/weight"]!.data) {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(1);
    }
  });

  it("gives nothing where nothing is learnt", () => {
    expect(start(normal)).toEqual({});
  });

  it("refuses what does not fill the shape, or is no number", () => {
    const fault = (values: number[]) => () =>
      start(withLearnt({ weight: { shape: [2], initial: () => values } }));
    expect(fault([1, 2, 3])).toThrow(UserError);
    expect(fault([1, 2, 3])).toThrow(
      'Cannot start prior "mine": the initial values of its learnt parameter "weight" are 3 numbers, want 2 finite numbers for its shape [2]',
    );
    expect(fault([1, NaN])).toThrow("are NaN at place 1, want 2 finite");
  });
});

describe("elboTerms", () => {
  const tiny = tinyModel(gaussian(), { ...CONTEXT, hidden: 5 });
  const modelOf = (prior: Prior) => ({ ...tiny.model, prior });
  const weights = Object.fromEntries(
    Object.entries({
      ...tiny.weights,
      ...start(withLearnt({ weight })),
    }).map(([name, { shape, data }]) =>
      [name, () => tf.tensor(data, [...shape])] as const
    ),
  );
  const tensors = () =>
    Object.fromEntries(
      Object.entries(weights).map(([name, make]) => [name, make()]),
    );
  const images = () => tf.tensor2d([[0, 1, 0, 1, 1, 0], [1, 1, 0, 0, 0, 1]]);
  const random = () => createRandom({ seed: 9, step: 2 });

  it("shows the KL the learnt values, the encoder and the decoder's own draw", () => {
    tf.tidy(() => {
      const seen: KlScope[] = [];
      const at = { weights: tensors(), images: images(), random: random() };
      const prior: Prior = {
        ...withLearnt({ weight }),
        klDivergence: (_, scope) => {
          seen.push(scope);
          return tf.sum(scope.latent, 1);
        },
      };
      const { reconstruction, kl } = elboTerms(modelOf(prior), at);
      const { latent, learnt, encode: encoder } = seen[0]!;
      const { logits } = decode(tiny.model, at.weights, latent);
      const expected = tf.losses.sigmoidCrossEntropy(at.images, logits!);
      expect(tf.mean(reconstruction).dataSync()[0]! / 6)
        .toBeCloseTo(expected.dataSync()[0]!, 5);
      expect(kl.dataSync()).toEqual(tf.sum(latent, 1).dataSync());
      expect(Object.keys(learnt)).toEqual(["weight"]);
      expect(learnt["weight"]).toBe(at.weights["prior/weight"]);
      const { mean } = encoder(at.images);
      expect(mean!.dataSync()).toEqual(
        encode(tiny.model, at.weights, at.images)["mean"]!.dataSync(),
      );
    });
  });

  it("draws for the KL after all else, so that a draw there changes nothing", () => {
    tf.tidy(() => {
      const draws: number[] = [];
      const terms = (klDivergence: Prior["klDivergence"]) =>
        elboTerms(modelOf({ ...normal, klDivergence }), {
          weights: tensors(),
          images: images(),
          random: random(),
        }).reconstruction.dataSync();
      const without = terms(normal.klDivergence);
      const withDraw = terms((posterior, { random, ...scope }) => {
        draws.push(...random.normal([2]).dataSync());
        return normal.klDivergence(posterior, { ...scope, random });
      });
      expect(withDraw).toEqual(without);
      const noise = random();
      noise.normal([2, 2]);
      expect(draws).toEqual([...noise.normal([2]).dataSync()]);
    });
  });

  it("lets an encoder's output be differentiated in the images", () => {
    const gradient = tf.tidy(() =>
      tf.grad((x) =>
        tf.sum(priorScope(tiny.model, tensors()).encode(x as Tensor2D)["mean"]!)
      )(images()).dataSync()
    );
    expect(gradient.some((value) => value !== 0)).toBe(true);
  });
});
