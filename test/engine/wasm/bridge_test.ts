import { beforeAll, expect, test } from "vitest";
import { type Tensor, tf } from "../../../core/engine/tf.ts";
import { loadWasm } from "../../../core/engine/wasm/backend.ts";
import { onBoth, SIGNED } from "./_both.ts";

beforeAll(async () => {
  tf.env().set("PROD", true);
  await loadWasm(1);
});

test("a broadcast operand gets the summed gradient", async () => {
  const [wasm, cpu] = await onBoth(() =>
    tf.tidy(() => {
      const [, gradient] = tf.grads((a: Tensor, b: Tensor) =>
        tf.sum(tf.square(tf.add(a, b)))
      )([
        tensor(SIGNED),
        tf.tensor1d([1, 2, 3, 4]),
      ]);
      return Array.from(gradient?.dataSync() ?? []);
    })
  );
  expect(wasm).toHaveLength(4);
  close(wasm, cpu);
});

test("gather has its gradient, repeated rows summed", async () => {
  const [wasm, cpu] = await onBoth(() =>
    tf.tidy(() => {
      const pick = (x: Tensor) =>
        tf.sum(tf.square(tf.gather(x, tf.tensor1d([0, 2, 2], "int32"))));
      return Array.from(tf.grad(pick)(tensor(SIGNED)).dataSync());
    })
  );
  close(wasm, cpu);
  close(wasm.slice(8), SIGNED.slice(8).map((x) => 4 * x));
});

test("a convolution has its gradients", async () => {
  const [wasm, cpu] = await onBoth(() =>
    tf.tidy(() => {
      const x = tf.reshape(tf.linspace(-1, 1, 32), [2, 4, 4, 1]) as ReturnType<
        typeof tf.tensor4d
      >;
      const filter = tf.reshape(tf.linspace(-0.5, 1, 18), [
        3,
        3,
        1,
        2,
      ]) as ReturnType<typeof tf.tensor4d>;
      const gradients = tf.grads((a: Tensor, f: Tensor) =>
        tf.sum(
          tf.square(tf.conv2d(a as typeof x, f as typeof filter, 1, "same")),
        )
      )([x, filter]);
      return gradients.flatMap((gradient) => Array.from(gradient.dataSync()));
    })
  );
  expect(wasm).toHaveLength(32 + 18);
  close(wasm, cpu);
});

test("bridged kernels leave no tensor data behind", async () => {
  await tf.setBackend("wasm");
  const run = () =>
    tf.tidy(() =>
      tf.einsum("ij,ij->i", tensor(SIGNED), tensor(SIGNED)).dataSync().length
    );
  expect(run()).toBe(3);
  const before = [tf.memory().numDataBuffers, cpuBuffers()];
  run();
  expect([tf.memory().numDataBuffers, cpuBuffers()]).toEqual(before);
});

function tensor(values: number[]): Tensor {
  return tf.tensor2d(values, [3, 4]);
}

function close(found: number[], wanted: number[]): void {
  expect(found).toHaveLength(wanted.length);
  found.forEach((x, i) => expect(x).toBeCloseTo(wanted[i] as number, 4));
}

function cpuBuffers(): number {
  return (tf.findBackend("cpu") as unknown as { numDataIds(): number })
    .numDataIds();
}
