/** The check `used`: a network reads its own weights, and all of them. @module */

import { tf } from "../../../../engine/tf.ts";
import type { NetworkWeights } from "../../../plugin/network.ts";
import { type Check, fail, pass } from "../../check.ts";
import { toTensor, valuesOf } from "../../tensors.ts";
import { inputOf } from "../inputs.ts";
import { type Half, tensorsOf } from "../instance.ts";
import { gradientsOf } from "../projection.ts";
import type { NetworkSubject } from "../subject.ts";

/** Enough that a rectifier is on for some. */
const ROWS = 16;

/** Each half reads what it declares, and every number of that counts for the output. */
export const used: Check<NetworkSubject> = {
  name: "used",
  title: "Parameters are used",
  run(subject) {
    const { encoder, decoder } = subject.usual();
    const halves = [encoder, decoder];
    for (const half of halves) {
      const stranger = strangerOf(half, subject.seed);
      if (stranger === undefined) continue;
      return fail(
        `${half.name}.apply reads the weight "${stranger}", which it does not declare`,
        "Name each weight that apply reads in the parameters of the same half",
      );
    }
    for (const half of halves) {
      const { seed } = subject;
      const { detached } = gradientsOf(half, {
        weights: half.moved,
        input: inputOf(half, { rows: ROWS, seed }),
        seed,
      });
      if (detached.length === 0) continue;
      return fail(
        `${half.name}.apply does not depend on ${
          detached.map((path) => path === "input" ? "its input" : `"${path}"`)
            .join(", ")
        }`,
        "Leave out parameters that nothing reads, and make the output of tensors by operations of tf, which have gradients",
      );
    }
    const count = halves.reduce(
      (sum, { parameters }) => sum + Object.keys(parameters).length,
      0,
    );
    return pass(`${count} parameters, all of them read and with a gradient`);
  },
};

function strangerOf(half: Half, seed: number): string | undefined {
  let stranger: string | undefined;
  valuesOf(() => {
    const weights = new Proxy(tensorsOf(half.moved), {
      get: (own: NetworkWeights, path) => {
        if (typeof path !== "string" || path in own) {
          return own[path as string];
        }
        stranger ??= path;
        return tf.scalar(0);
      },
    });
    try {
      return half.apply(
        weights,
        toTensor(inputOf(half, { rows: 1, seed })),
      );
    } catch (error) {
      // What a stranger's shape makes of it is not worth telling.
      if (stranger === undefined) throw error;
      return tf.scalar(0);
    }
  });
  return stranger;
}
