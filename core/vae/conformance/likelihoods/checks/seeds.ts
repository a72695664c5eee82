/** The checks `seeds` and `leaks` of a likelihood. @module */

import { createRandom } from "../../../../engine/random.ts";
import { tf } from "../../../../engine/tf.ts";
import { type Check, fail, pass } from "../../check.ts";
import { gradientOf, stackRows, toTensor, valuesOf } from "../../tensors.ts";
import { someImages } from "../pixel_values.ts";
import { type LikelihoodSubject, variedRaw } from "../subject.ts";

const COUNT = 16;
const PIXELS = 12;

/** Same seed, same bits; another seed or step, other bits. */
export const seeds: Check<LikelihoodSubject> = {
  name: "seeds",
  title: "Draws follow the seed",
  run(subject) {
    const [instance, again] = [subject.build(PIXELS), subject.build(PIXELS)];
    const raw = stackRows(
      variedRaw(instance, { count: COUNT, seed: subject.seed, largest: 1 }),
    );
    const at = (seed: number, step: number, { sample } = instance) =>
      valuesOf(() => sample(toTensor(raw), createRandom({ seed, step })))
        .join();
    const bits = at(1, 0);
    const faults = [
      ...(bits === at(1, 0)
        ? []
        : ["sample differs from call to call with the same seed"]),
      ...(bits === at(1, 0, again)
        ? []
        : ["sample differs from one create to the next"]),
      ...(bits === at(2, 0) ? ["sample is the same with another seed"] : []),
      ...(bits === at(1, 1) ? ["sample is the same at another step"] : []),
    ];
    return faults.length === 0 ? pass("same seed, same draws") : fail(
      faults.join("; "),
      "Draw from the argument `random` alone, at each call anew: never Math.random, tf.randomNormal or tf.randomUniform",
    );
  },
};

/** What functions make is freed by the tidy around them; `create` makes nothing. */
export const leaks: Check<LikelihoodSubject> = {
  name: "leaks",
  title: "No tensors left behind",
  run(subject) {
    const made = growth(() => void subject.build(PIXELS));
    const instance = subject.build(PIXELS);
    const raw = stackRows(
      variedRaw(instance, { count: COUNT, seed: subject.seed }),
    );
    const count = COUNT * PIXELS;
    const images = someImages(instance.likelihood, { count, seed: 1 });
    const calls: Readonly<Record<string, () => void>> = {
      logProb: () =>
        void gradientOf(
          (raw) => instance.logProb(raw, tf.tensor2d(images, [COUNT, PIXELS])),
          raw,
        ),
      mean: () => void valuesOf(() => instance.mean(toTensor(raw))),
      sample: () =>
        void valuesOf(() =>
          instance.sample(toTensor(raw), instance.random("leaks"))
        ),
    };
    const faults = made === 0
      ? []
      : [`create makes ${made} tensors, which nobody frees`];
    for (const [what, call] of Object.entries(calls)) {
      // What is made once and kept is no leak: it shows in the first call alone.
      call();
      const kept = growth(call);
      if (kept > 0) faults.push(`${what} keeps ${kept} tensors at each call`);
    }
    return faults.length === 0
      ? pass("nothing kept, gradients included")
      : fail(
        faults.join("; "),
        "Make constants inside of the functions, which run in a tidy, and use neither tf.keep nor tf.variable",
      );
  },
};

function growth(call: () => void): number {
  const before = tf.memory().numTensors;
  call();
  return tf.memory().numTensors - before;
}
