/** The check `leaks`: no tensor outlives its call. @module */

import { tf } from "../../../engine/tf.ts";
import { type Check, fail, pass } from "../check.ts";
import { createInstance, type Instance } from "../instance.ts";
import { JOINT_DIM, jointInstance, variedRows } from "../subject.ts";
import { gradientOf, stackRows, toTensor } from "../tensors.ts";

/** What functions make is freed by the tidy around them; `create` makes nothing. */
export const leaks: Check = {
  name: "leaks",
  title: "No tensors left behind",
  run(subject) {
    const instance = jointInstance(subject);
    const made = growth(() =>
      createInstance(subject.definition, {
        options: subject.options,
        latentDim: JOINT_DIM,
        seed: subject.seed,
      })
    );
    const faults = made === 0
      ? []
      : [`head or create make ${made} tensors, which nobody frees`];
    for (const [what, call] of Object.entries(calls(instance, subject.seed))) {
      // What is made once and kept is no leak: it shows in the first call alone.
      call();
      const kept = growth(call);
      if (kept > 0) faults.push(`${what} keeps ${kept} tensors at each call`);
    }
    if (faults.length > 0) {
      return fail(
        faults.join("; "),
        "Make constants inside of the functions, which run in a tidy, and use neither tf.keep nor tf.variable",
      );
    }
    return pass("nothing kept, gradients included");
  },
};

function calls(
  instance: Instance,
  seed: number,
): Readonly<Record<string, () => void>> {
  const raw = stackRows(variedRows(instance, seed));
  const random = () => instance.random("leaks");
  const { densities } = instance;
  const tidy = (compute: () => unknown) => () => {
    tf.tidy(() => void compute());
  };
  return {
    sample: () => void gradientOf((raw) => instance.sample(raw, random()), raw),
    klDivergence: () =>
      void gradientOf((raw) => instance.kl(raw, random()), raw),
    posteriorMean: tidy(() => instance.mean(toTensor(raw))),
    priorSample: tidy(() => instance.priorSample(5, random())),
    ...(densities === undefined ? {} : {
      "densities.posterior": tidy(() =>
        densities.posterior(
          toTensor(raw),
          instance.sample(toTensor(raw), random()),
        )
      ),
      "densities.prior": tidy(() =>
        densities.prior(instance.sample(toTensor(raw), random()))
      ),
    }),
  };
}

function growth(call: () => unknown): number {
  const before = tf.memory().numTensors;
  call();
  return tf.memory().numTensors - before;
}
