/** The checks `contract` and `shapes` of a likelihood. @module */

import { tf } from "../../../../engine/tf.ts";
import { labelOf } from "../../../plugin/label.ts";
import { likelihoodKind } from "../../../likelihood_axis.ts";
import { type Check, fail, pass } from "../../check.ts";
import { attempt, identityFaults, optionFaults } from "../../identity.ts";
import { stackRows, toTensor } from "../../tensors.ts";
import { someImages } from "../pixel_values.ts";
import { type LikelihoodSubject, variedRaw } from "../subject.ts";

/** Identity, options and parts are as the contract has them. */
export const contract: Check<LikelihoodSubject> = {
  name: "contract",
  title: "Contract and options",
  run(subject) {
    const faults = [
      ...identityFaults(likelihoodKind, subject),
      ...optionFaults(subject),
    ];
    attempt(faults, () => {
      const { pixels, support } = subject.build(6).likelihood;
      if (support !== undefined && pixels !== "unit") {
        faults.push(`support is given, which only pixels "unit" have`);
      }
    });
    if (faults.length > 0) {
      return fail(
        faults.join("; "),
        "plugins/likelihoods/README.md has the contract, member by member",
      );
    }
    const { pixels, parameters } = subject.build(6).likelihood;
    return pass(
      `${labelOf(likelihoodKind, subject)} of pixels "${pixels}", by ${
        parameters.join(", ")
      }`,
    );
  },
};

const BATCHES = [1, 2, 7];
const SIZES = [1, 6, 20];

/** What functions give has the shapes of the contract, for any batch and image. */
export const shapes: Check<LikelihoodSubject> = {
  name: "shapes",
  title: "Shapes",
  run(subject) {
    for (const inputSize of SIZES) {
      const instance = subject.build(inputSize);
      for (const count of BATCHES) {
        tf.tidy(() => {
          const raw = toTensor(
            stackRows(variedRaw(instance, { count: 2 * count, seed: 1 })),
          );
          const images = tf.tensor2d(
            someImages(instance.likelihood, {
              count: count * inputSize,
              seed: 1,
            }),
            [count, inputSize],
          );
          const first = tf.slice(raw, [0, 0], [count, instance.units]);
          instance.logProb(first, images);
          instance.logProbOfDraws?.(raw, images);
          instance.mean(raw);
          instance.sample(raw, instance.random("shapes"));
        });
      }
    }
    return pass(`batches of ${BATCHES}, images of ${SIZES} values`);
  },
};
