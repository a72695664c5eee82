/** The check `compiled` of networks: recorded once and replayed, it is still the same network. @module */

import { withGradients } from "../../../../engine/program/gradients.ts";
import type { ProgramSpec } from "../../../../engine/program/program.ts";
import { type Scalar, type Tensor2D, tf } from "../../../../engine/tf.ts";
import { type Check, compareAll, notApplicable, pass } from "../../check.ts";
import { compareProgram } from "../../compare_program.ts";
import { inputOf } from "../inputs.ts";
import { factorsOf } from "../projection.ts";
import type { NetworkInstance } from "../instance.ts";
import type { NetworkSubject } from "../subject.ts";

const ROWS = 8;

/** A compiled step gives the outputs and gradients of one that is not; or it says why there is none. */
export const compiled: Check<NetworkSubject> = {
  name: "compiled",
  title: "Compiled step",
  run(subject) {
    if (tf.getBackend() !== "tensorflow") {
      return notApplicable("only the native engine compiles steps");
    }
    const instance = subject.usual();
    const { encoder, decoder } = instance;
    const { reason, comparisons } = compareProgram(
      stepOf(instance, subject.seed),
      [1, 2].map((seed) => ({
        what: `of batch ${seed}`,
        feeds: {
          pixels: inputOf(encoder, { rows: ROWS, seed }).values,
          latent: inputOf(decoder, { rows: ROWS, seed }).values,
        },
      })),
    );
    if (reason !== undefined) {
      return pass(`it trains step by step, slower: ${reason}`);
    }
    return compareAll(comparisons, {
      title: "compiled against step by step",
      hint:
        "Make every tensor that changes by operations of tf, so that it is part of the recording, and keep no state between calls",
      otherwise: "",
    });
  },
};

function stepOf(
  { encoder, decoder }: NetworkInstance,
  seed: number,
): ProgramSpec {
  return {
    variables: { ...encoder.moved, ...decoder.moved },
    inputs: {
      pixels: { shape: [ROWS, encoder.inputs], dtype: "float32" },
      latent: { shape: [ROWS, decoder.inputs], dtype: "float32" },
    },
    compute: (weights, { pixels, latent }) =>
      withGradients(
        (weights) => {
          const features = encoder.apply(weights, pixels as Tensor2D);
          const outputs = decoder.apply(weights, latent as Tensor2D);
          const projected = [features, outputs].map((x) =>
            tf.sum(tf.mul(x, factorsOf(x.shape, seed)))
          ) as [Scalar, Scalar];
          return {
            loss: tf.add(...projected) as Scalar,
            features,
            outputs,
          };
        },
        weights,
        null,
      ),
  };
}
