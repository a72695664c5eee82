import { afterEach, beforeAll, expect, test } from "vitest";
import { densityOfOne } from "../../../core/vae/conformance/one_row.ts";
import { valuesOf } from "../../../core/vae/conformance/tensors.ts";
import { startEngine } from "../../../core/engine/start.ts";
import { type Tensor1D, type Tensor2D, tf } from "../../../core/engine/tf.ts";

const COUNT = 100;
const ROW = [0.5, -1];

beforeAll(() => startEngine("wasm", { threads: 1 }));

let tensors = 0;
let batches: number[] = [];
afterEach(() => {
  batches = [];
  expect(tf.memory().numTensors).toBe(tensors);
});

type Compute = (raw: Tensor2D, latent: Tensor2D) => Tensor1D;

const RIGHT: Compute = (raw, latent) =>
  tf.sum(tf.mul(tf.exp(raw), latent), 1) as Tensor1D;

/** What it gives twice, and what each posterior that it was asked of says. */
function evaluate(compute: Compute): readonly number[] {
  tensors = tf.memory().numTensors;
  const density = densityOfOne((raw, latent) => {
    batches.push(raw.shape[0]);
    return compute(raw, latent);
  });
  const places = Float32Array.from({ length: 2 * COUNT }, (_, i) => i / 50);
  const at = () =>
    valuesOf(() => density(ROW, tf.tensor2d(places, [COUNT, 2])));
  const first = at();
  expect(at()).toEqual(first);
  const wanted = valuesOf(() =>
    compute(
      tf.tile(tf.tensor2d([ROW]), [COUNT, 1]),
      tf.tensor2d(places, [
        COUNT,
        2,
      ]),
    )
  );
  expect([...first].map((value) => value.toFixed(4)))
    .toEqual([...wanted].map((value) => value.toFixed(4)));
  return batches;
}

test("one posterior is given where it broadcasts, after it was tried once", () => {
  expect(evaluate(RIGHT)).toEqual([8, 1, 1, 1]);
});

test.each<[string, Compute]>([
  [
    "throws",
    (raw, latent) => {
      tf.util.assertShapesMatch(raw.shape, latent.shape);
      return RIGHT(raw, latent);
    },
  ],
  [
    "gives one number",
    (raw, latent) => tf.sum(tf.mul(tf.slice(latent, 0, raw.shape[0]), raw), 1),
  ],
  [
    "sums over all posteriors",
    (raw, latent) => tf.add(RIGHT(raw, latent), tf.sum(raw)),
  ],
])("each latent is given its own where one %s", (_, compute) => {
  expect(evaluate(compute)).toEqual([8, 1, COUNT, COUNT]);
});
