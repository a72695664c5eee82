/** The check `seeds`: draws are a function of seed, step and call. @module */

import { createRandom } from "../../../engine/random.ts";
import type { Random } from "../../../engine/random.ts";
import type { Tensor } from "../../../engine/tf.ts";
import { type Check, fail, pass } from "../check.ts";
import { createInstance, type Instance } from "../instance.ts";
import { JOINT_DIM, jointInstance, mildRows } from "../subject.ts";
import { repeatRow, toTensor, valuesOf } from "../tensors.ts";

const ROWS = 16;

/** Same seed, same bits; another seed or step, other bits; no draws from elsewhere. */
export const seeds: Check = {
  name: "seeds",
  title: "Draws follow the seed",
  run(subject) {
    const first = jointInstance(subject);
    const again = createInstance(subject.definition, {
      options: subject.options,
      latentDim: JOINT_DIM,
      seed: subject.seed,
    });
    const row = mildRows(first, subject.seed)[1]!;
    const faults = functionsOf(row, first.prior.densities !== undefined)
      .flatMap(([what, isDrawn, compute]) => {
        const at = (instance: Instance, seed: number, step: number) =>
          valuesOf(() => compute(instance, createRandom({ seed, step })));
        const bits = at(first, 1, 0);
        if (!isSame(bits, at(first, 1, 0))) {
          return [`${what} differs from call to call with the same seed`];
        }
        if (!isSame(bits, at(again, 1, 0))) {
          return [`${what} differs from one create to the next`];
        }
        if (!isDrawn) return [];
        return [
          ...(isSame(bits, at(first, 2, 0))
            ? [`${what} is the same with another seed`]
            : []),
          ...(isSame(bits, at(first, 1, 1))
            ? [`${what} is the same at another step`]
            : []),
        ];
      });
    if (faults.length > 0) {
      return fail(
        faults.join("; "),
        "Draw from the argument `random` alone, at each call anew: never Math.random, tf.randomNormal, tf.randomUniform, nor noise made in create",
      );
    }
    return pass("the same bits twice; other bits for another seed and step");
  },
};

type Site = readonly [
  what: string,
  isDrawn: boolean,
  compute: (instance: Instance, random: Random) => Tensor,
];

function functionsOf(row: readonly number[], hasDensities: boolean): Site[] {
  const raw = () => toTensor(repeatRow(row, ROWS));
  const sites: Site[] = [
    ["sample", true, (instance, random) => instance.sample(raw(), random)],
    [
      "priorSample",
      true,
      (instance, random) => instance.priorSample(ROWS, random),
    ],
    ["klDivergence", false, (instance, random) => instance.kl(raw(), random)],
    ["posteriorMean", false, (instance) => instance.mean(raw())],
  ];
  if (!hasDensities) return sites;
  return [
    ...sites,
    [
      "densities.posterior",
      false,
      (instance) => instance.densities!.posterior(raw(), instance.mean(raw())),
    ],
    [
      "densities.prior",
      false,
      (instance) => instance.densities!.prior(instance.mean(raw())),
    ],
  ];
}

function isSame(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
