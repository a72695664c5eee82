/** A flow of the most couplings and units, where Adam has begun. */

import { beforeAll, expect, test } from "vitest";
import { createRandom, uniformStream } from "../../core/engine/random.ts";
import { type Tensor2D, tf } from "../../core/mod.ts";
import flow from "../../plugins/flow.ts";
import { useBackend } from "../engine/backends.ts";

/** So far, four steps at a rate of 1e-3 move every weight. */
const MOVED = 4e-3;

beforeAll(() => useBackend("cpu"));

test("a density after four steps is still near that of N(0, 1)", () => {
  const scope = { latentDim: 100, inputSize: 1 };
  const { definition, options } = flow({ layers: 32, hidden: 1024 });
  const { learnt: parameters = {}, densities } = definition.create(
    options as Record<string, unknown>,
    scope,
  );
  const next = uniformStream(5, 0);
  const densest = tf.tidy(() => {
    const learnt = Object.fromEntries(
      Object.entries(parameters).map(([name, { shape, initial }]) => [
        name,
        tf.add(tf.tensor([...initial(next)], [...shape]), MOVED),
      ]),
    );
    const random = createRandom({ seed: 3, step: 0 });
    const latent = random.normal([4, scope.latentDim]) as Tensor2D;
    const encode = () => ({});
    return densities!.prior(latent, { learnt, encode }).dataSync();
  });
  // N(0, 1) has -142 on average; -610 is where a step more overflows.
  for (const value of densest) {
    expect(value).toBeGreaterThan(-200);
    expect(value).toBeLessThan(0);
  }
});
