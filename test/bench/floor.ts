/**
 * The floor of a training step: its matrix products alone, as one compiled
 * program on constant operands. Prints what `step.ts` prints.
 *
 *     tsx test/bench/floor.ts [steps] [threads]
 *
 * @module
 */

import { createProgram } from "../../core/engine/program/create.ts";
import type { NamedArray } from "../../core/engine/program/program.ts";
import { uniformStream } from "../../core/engine/random.ts";
import { startEngine } from "../../core/engine/start.ts";
import { type Tensor, type Tensor2D, tf } from "../../core/engine/tf.ts";
import { timeBlocks } from "./blocks.ts";

const [steps = 300, threads = 2] = process.argv.slice(2).map(Number);
const [B, P, H, D, U] = [128, 784, 400, 20, 40];

await startEngine("native", { threads });
const uniform = uniformStream(1, 0);
const matrix = (...shape: [number, number]): NamedArray => ({
  shape,
  data: Float32Array.from(
    { length: shape[0] * shape[1] },
    () => uniform() - 0.5,
  ),
});
const program = createProgram({
  variables: {
    x: matrix(B, P),
    w1: matrix(P, H),
    h: matrix(B, H),
    w2: matrix(H, U),
    z: matrix(B, D),
    w3: matrix(D, H),
    w4: matrix(H, P),
    du: matrix(B, U),
  },
  // Fed, so that nothing can be computed once and for all.
  inputs: { one: { shape: [], dtype: "float32" } },
  compute: ({ x, w1, h, w2, z, w3, w4, du }, { one }) => {
    const live = (tensor: unknown) =>
      tf.mul(tensor as Tensor2D, one!) as Tensor2D;
    const [a, b, c] = [live(z), live(h), live(du)];
    const m = (p: unknown, q: unknown, ta = false, tb = false): Tensor =>
      tf.matMul(p as Tensor2D, q as Tensor2D, ta, tb);
    const logits = m(b, w4);
    // x is fed as a batch is: its product with w1 is computed at every run too.
    const hidden = m(live(x), w1);
    return {
      y: tf.addN([
        corner(logits),
        corner(hidden),
        corner(m(b, w2)),
        corner(m(a, w3)),
        corner(m(logits, w4, false, true)),
        corner(m(b, logits, true)),
        corner(m(a, b, true)),
        corner(m(b, w3, false, true)),
        corner(m(b, c, true)),
        corner(m(c, w2, false, true)),
        corner(m(x, b, true)),
      ]),
    };
  },
});
console.log(
  JSON.stringify(timeBlocks(steps, () => program.run({ one: 1 })["y"]![0]!)),
);
program.dispose();

/** One number of a product: enough for it to be computed, nothing to copy. */
function corner(product: Tensor) {
  return tf.slice(product as Tensor2D, [0, 0], [1, 1]);
}
