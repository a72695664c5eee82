/** Operations that networks are written in, on wasm against cpu. */

import { beforeAll, describe, expect, it } from "vitest";
import { registerGradients } from "../../../core/engine/gradients/mod.ts";
import { tf } from "../../../core/engine/tf.ts";
import { loadWasm } from "../../../core/engine/wasm/backend.ts";
import { NETWORK_OPS } from "../ops/_network_ops.ts";
import { difference, runNetworkOp } from "../ops/_run_network_op.ts";
import { onBoth } from "./_both.ts";

beforeAll(async () => {
  tf.env().set("PROD", true);
  await loadWasm(1);
  registerGradients();
});

// Of nearest neighbours cpu has a wrong gradient; native has that of wasm.
const CASES = Object.entries(NETWORK_OPS).filter(([name]) =>
  name !== "nearest neighbours"
);

describe("value and all gradients on wasm are those on cpu", () => {
  it.each(CASES)("%s", async (_, op) => {
    const [wasm, cpu] = await onBoth(() =>
      runNetworkOp(op, { compile: false, rows: 12 })
    );
    expect(difference(wasm, cpu)).toBeLessThan(5e-5);
  });
});

it("each pixel of nearest neighbours counts for the one it is of", async () => {
  await tf.setBackend("wasm");
  const slope = tf.tidy(() => {
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 3, 2, 1]);
    const weight = tf.reshape(tf.range(0, 24), [1, 6, 4, 1]);
    return tf.grad((y) =>
      tf.sum(
        tf.mul(tf.image.resizeNearestNeighbor(y as typeof x, [6, 4]), weight),
      )
    )(x).dataSync();
  });
  expect([...slope]).toEqual([10, 18, 42, 50, 74, 82]);
});
