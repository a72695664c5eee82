/**
 * What a prior's functions are given beside a batch, the same for each seed:
 * learnt parameters near to their start, and a small encoder.
 *
 * @module
 */

import { deriveSeed, uniformStream } from "../../engine/random.ts";
import { tf } from "../../engine/tf.ts";
import type { Weights } from "../model/artifacts.ts";
import { initialLearnt } from "../model/learnt.ts";
import type { Learnt } from "../plugin/learnt.ts";
import type { Prior } from "../plugin/prior.ts";

/** Most that a learnt parameter is moved from its start. */
const MOVE = 0.1;

/** Whose learnt parameters they are. */
interface LearntOwner {
  readonly owner?: "prior" | "likelihood";
  readonly name: string;
  readonly seed: number;
}

/** Learnt parameters by name without a prefix, each moved from where it starts. */
export function learntValues(
  { learnt }: Pick<Prior, "learnt">,
  { owner = "prior", name, seed }: LearntOwner,
): Weights {
  const initial = initialLearnt(owner, learnt, { name, seed });
  return Object.fromEntries(
    Object.entries(initial).map(([path, { shape, data }]) => {
      const uniform = uniformStream(deriveSeed(seed, path), 1);
      const moved = data.map((value) => value + MOVE * (2 * uniform() - 1));
      return [path.slice(owner.length + 1), { shape, data: moved }] as const;
    }),
  );
}

/** Arrays as tensors, by name; the caller's tidy frees them. */
export function tensorsOf(arrays: Weights): Learnt {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, data }]) =>
      [name, tf.tensor(data, [...shape])] as const
    ),
  );
}

/** A dense layer `[inputSize, units]`, row by row. */
export function encoderWeights(
  [inputSize, units]: readonly [number, number],
  seed: number,
): Float32Array {
  const uniform = uniformStream(seed, 0);
  return Float32Array.from(
    { length: inputSize * units },
    () => (2 * uniform() - 1) / Math.sqrt(inputSize),
  );
}
