/** The check `start`: at the start of training, images and latent vectors make a difference. @module */

import { type Check, fail, figure, type Finding } from "../../check.ts";
import { toTensor, valuesOf } from "../../tensors.ts";
import { inputOf } from "../inputs.ts";
import { type Half, tensorsOf } from "../instance.ts";
import type { NetworkSubject } from "../subject.ts";

const ROWS = 64;
/** A hundredth of what the usual MLP gives, and a hundred times that. */
const LEAST = 1e-3;
const MOST = 10;

/**
 * Before training, the outputs differ from row to row, neither by next to
 * nothing nor by so much that their likelihood is lost.
 */
export const start: Check<NetworkSubject> = {
  name: "start",
  title: "Scale at the start",
  run(subject): Finding {
    const { encoder, decoder } = subject.usual();
    const found = [encoder, decoder].map((half) => ({
      name: half.name,
      ...scalesOf(half, subject.seed),
    }));
    const words = found.map(({ name, spread }) => `${name} ${figure(spread)}`)
      .join(", ");
    const still = found.find(({ spread }) => !(spread >= LEAST));
    if (still !== undefined) {
      return {
        ...fail(
          `the outputs of the ${still.name} differ by ${
            figure(still.spread)
          } from row to row, want at least ${LEAST}`,
          "Start with larger weights: uniform on +-1/sqrt(inputs), as denseParameters and convolutionParameters have it",
        ),
        figure: still.spread,
        limit: LEAST,
      };
    }
    const loud = found.find(({ size }) => !(size <= MOST));
    if (loud !== undefined) {
      return {
        ...fail(
          `the outputs of the ${loud.name} are of size ${
            figure(loud.size)
          }, want at most ${MOST}`,
          "Start with smaller weights: uniform on +-1/sqrt(inputs), as denseParameters and convolutionParameters have it",
        ),
        figure: loud.size,
        limit: MOST,
      };
    }
    return {
      verdict: "pass",
      found: `standard deviation from row to row: ${words}`,
    };
  },
};

/** Root mean squares over all outputs: of each, and of its deviation from its mean over rows. */
function scalesOf(
  half: Half,
  seed: number,
): { readonly size: number; readonly spread: number } {
  const values = valuesOf(() =>
    half.apply(
      tensorsOf(half.initial),
      toTensor(inputOf(half, { rows: ROWS, seed })),
    )
  );
  const width = values.length / ROWS;
  const means = new Float64Array(width);
  values.forEach((value, i) => means[i % width]! += value / ROWS);
  let [size, spread] = [0, 0];
  values.forEach((value, i) => {
    size += value ** 2;
    spread += (value - means[i % width]!) ** 2;
  });
  return {
    size: Math.sqrt(size / values.length),
    spread: Math.sqrt(spread / values.length),
  };
}
