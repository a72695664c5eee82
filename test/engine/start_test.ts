import process from "node:process";
import { afterEach, describe, expect, test, vi } from "vitest";
import { describeEngine } from "../../core/engine/engine.ts";
import { startEngine } from "../../core/engine/start.ts";
import { type Scalar, type Tensor, tf } from "../../core/engine/tf.ts";

const isNativeHere = (await describeEngine("auto")).name === "native";

afterEach(() => void vi.restoreAllMocks());

describe.each(["cpu", "wasm", "native"] as const)("the %s engine", (name) => {
  test.skipIf(name === "native" && !isNativeHere)(
    "starts, computes and differentiates, and keeps quiet",
    async () => {
      const said = [
        ...(["log", "info", "warn", "error"] as const).map((level) =>
          vi.spyOn(console, level)
        ),
        vi.spyOn(process, "emitWarning"),
      ];
      const engine = await startEngine(name, { threads: 1 });
      expect(engine).toEqual({ ...await describeEngine(name), threads: 1 });
      expect(tf.getBackend()).toBe(name === "native" ? "tensorflow" : name);
      const gradient = tf.tidy(() => {
        const x = tf.tensor2d([[1, -2], [3, 4]]);
        const loss = (w: Tensor): Scalar =>
          tf.sum(tf.relu(tf.matMul(x, w as typeof x)));
        return Array.from(
          tf.grad(loss)(tf.tensor2d([[1, 0], [0, 1]])).dataSync(),
        );
      });
      expect(gradient).toEqual([4, 3, 2, 4]);
      for (const spy of said) expect(spy.mock.calls).toEqual([]);
    },
  );

  test.skipIf(name === "native" && !isNativeHere)(
    "differentiates a choice by its own input",
    async () => {
      await startEngine(name, { threads: 1 });
      const pick = (x: Tensor): Scalar =>
        tf.sum(tf.where(tf.greater(x, 1), tf.square(x), tf.mul(x, -3)));
      expect(
        tf.tidy(() =>
          Array.from(tf.grad(pick)(tf.tensor1d([-1, 0.5, 2])).dataSync())
        ),
      ).toEqual([-3, -3, 4]);
    },
  );
});

test("engines may be started in turn", async () => {
  await startEngine("cpu");
  await startEngine("wasm");
  expect(tf.getBackend()).toBe("wasm");
  await startEngine(await describeEngine("cpu"));
  expect(tf.getBackend()).toBe("cpu");
});

test.skipIf(!isNativeHere)(
  "the native engine's threads are those of its first start",
  async () => {
    const { threads } = await startEngine("native", { threads: 1 });
    expect((await startEngine("native", { threads: threads + 1 })).threads)
      .toBe(threads);
    expect(process.env["TF_NUM_INTRAOP_THREADS"]).toBe(String(threads));
  },
);
