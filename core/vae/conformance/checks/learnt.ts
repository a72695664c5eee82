/** The check `learnt`: what the prior learns has gradients that are right. @module */

import { uniformStream } from "../../../engine/random.ts";
import { deriveSeed } from "../../../engine/seed.ts";
import { tf } from "../../../engine/tf.ts";
import type { Weights } from "../../model/artifacts.ts";
import { type Check, compareAll, fail, notApplicable } from "../check.ts";
import { type Instance } from "../instance.ts";
import { tensorsOf } from "../fixed_weights.ts";
import { estimate, SIGMAS } from "../statistics.ts";
import { drawPosterior } from "../posterior_draws.ts";
import { jointInstance, variedRows } from "../subject.ts";
import { repeatRow, toTensor, valuesOf } from "../tensors.ts";

const DRAWS = 10_000;
const STEP = 1e-2;
const ROUNDING = 1e-2;

/**
 * Every learnt parameter has a finite gradient in the KL, which along a random
 * direction is that of -E[log p]. That initial values fill their shapes has
 * been seen to when the prior was built.
 */
export const learnt: Check = {
  name: "learnt",
  title: "Learnt parameters",
  run(subject) {
    const instance = jointInstance(subject);
    const names = Object.keys(instance.learnt);
    if (names.length === 0) return notApplicable("it learns none");
    const row = variedRows(instance, subject.seed)[1]!;
    const gradients = gradientsAt(instance, row);
    const faults = names.flatMap((name) => {
      const gradient = gradients[name];
      if (gradient === undefined) {
        return [`the KL does not depend on "${name}"`];
      }
      return gradient.every(Number.isFinite)
        ? []
        : [`the gradient of "${name}" is not finite`];
    });
    if (faults.length > 0) {
      return fail(
        faults.join("; "),
        "Each learnt parameter must come out of scope.learnt and have a part in klDivergence",
      );
    }
    if (instance.densities === undefined) {
      return {
        verdict: "pass",
        found: `${
          names.join(", ")
        }: finite gradients; whether they are right cannot be checked without densities`,
      };
    }
    const comparisons = names.map((name) =>
      compareAlong(instance, { name, row, gradient: gradients[name]! })
    );
    return compareAll(comparisons, {
      title: `gradients of ${names.join(", ")} against those of -E[log p]`,
      hint:
        "klDivergence and densities.prior must read the learnt parameters in the same way",
      otherwise: "there is nothing to compare",
    });
  },
};

/** Gradients of the mean KL; undefined where it does not depend on the parameter. */
function gradientsAt(
  instance: Instance,
  row: readonly number[],
): Readonly<Record<string, number[] | undefined>> {
  const names = Object.keys(instance.learnt);
  const result: Record<string, number[] | undefined> = {};
  tf.tidy(() => {
    const tensors = tensorsOf(instance.learnt);
    const { grads } = tf.engine().gradients(
      () =>
        tf.mean(
          instance.kl(
            toTensor(repeatRow(row, instance.draws(DRAWS))),
            instance.random("learnt"),
            tensors,
          ),
        ),
      names.map((name) => tensors[name]!),
      undefined,
      true,
    );
    names.forEach((name, i) => {
      result[name] = grads[i] == null ? undefined : [...grads[i].dataSync()];
    });
  });
  return result;
}

interface Along {
  readonly name: string;
  readonly row: readonly number[];
  readonly gradient: readonly number[];
}

function compareAlong(instance: Instance, { name, row, gradient }: Along) {
  const uniform = uniformStream(deriveSeed(0, name), 0);
  const direction = gradient.map(() => 2 * uniform() - 1);
  const count = instance.draws(DRAWS);
  const draws = drawPosterior(instance, row, { count, step: 900 });
  const logPrior = (step: number) =>
    valuesOf(() =>
      instance.densities!.prior(
        toTensor(draws),
        tensorsOf(
          moved(instance.learnt, name, direction.map((x) => x * step)),
        ),
      )
    );
  const [up, down] = [logPrior(STEP), logPrior(-STEP)];
  const { mean, error } = estimate(
    up.map((value, i) => (down[i]! - value) / (2 * STEP)),
  );
  return {
    what: `the gradient of "${name}" along a random direction`,
    found: gradient.reduce((sum, x, i) => sum + x * direction[i]!, 0),
    wanted: mean,
    // The KL may have draws of its own, with noise of the same size.
    allowed: 2 * SIGMAS * error + ROUNDING * (1 + Math.abs(mean)),
  };
}

function moved(
  values: Weights,
  name: string,
  by: readonly number[],
): Weights {
  const { shape, data } = values[name]!;
  return {
    ...values,
    [name]: { shape, data: data.map((value, i) => value + by[i]!) },
  };
}
