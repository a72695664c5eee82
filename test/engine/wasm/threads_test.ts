import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { instantiateShared } from "../../../core/engine/wasm/module.ts";
import { hasRelaxedSimd } from "../../../core/engine/wasm/relaxed_simd.ts";
import { withThreads } from "../../../core/engine/wasm/threads.ts";
import { WebAssembly } from "../../../core/engine/wasm/web_assembly.ts";
import { runChild } from "../../processes/child.ts";

const missing = !hasRelaxedSimd();

test.skipIf(missing)("three threads give the bits of one", async () => {
  const memory = new WebAssembly.Memory({
    initial: 128,
    maximum: 65536,
    shared: true,
  });
  const { module, functions } = instantiateShared(memory);
  let next = 1024;
  const allocate = (bytes: number) => {
    const at = next;
    next += Math.ceil(bytes / 16) * 16;
    return at;
  };
  const shared = await withThreads(
    { module, memory, functions, allocate },
    3,
  );
  for (const transposed of [false, true]) {
    const [m, n, k] = [131, 203, 129] as const;
    const place = (size: number, value: (i: number) => number) => {
      const at = allocate(4 * size);
      const values = new Float32Array(memory.buffer, at, size);
      values.set(Float32Array.from({ length: size }, (_, i) => value(i)));
      return { at, values };
    };
    const a = place(m * k, (i) => Math.sin(1.3 * i));
    const b = place(k * n, (i) => Math.cos(1.7 * i));
    const scratch = allocate(4 * shared.scratchFloats(m, k, transposed));
    const [one, three] = [functions, shared].map(({ matMul }) => {
      const c = place(m * n, () => NaN);
      // More than once: the threads are to come back for the next product.
      for (let i = 0; i < 50; i++) {
        c.values.fill(NaN);
        matMul(
          a.at,
          b.at,
          c.at,
          m,
          n,
          k,
          transposed,
          transposed,
          0,
          scratch,
        );
      }
      return c.values;
    }) as [Float32Array, Float32Array];
    expect(three).toEqual(one);
    expect(three.some(Number.isNaN)).toBe(false);
  }
});

test.skipIf(missing)(
  "convolutions of three threads have the bits of one",
  async () => {
    const memory = new WebAssembly.Memory({
      initial: 128,
      maximum: 65536,
      shared: true,
    });
    const { module, functions } = instantiateShared(memory);
    let next = 1024;
    const place = (size: number) => {
      const at = next;
      next += Math.ceil(size / 4) * 16;
      return { at, values: new Float32Array(memory.buffer, at, size) };
    };
    const shared = await withThreads({
      module,
      memory,
      functions,
      allocate: (bytes) => place(bytes / 4).at,
    }, 3);
    // Eleven images of 6 x 5 x 3 in groups of two; 3 x 3, stride 2, 4 channels.
    const sizes = [11, 6, 5, 3, 3, 3, 4, 3, 3, 2, 2, 0, 1, 2];
    const geometry = place(sizes.length);
    new Int32Array(memory.buffer, geometry.at, sizes.length).set(sizes);
    const tensors = [11 * 90, 6 * 108, 11 * 36].map(place);
    for (const kind of [0, 1, 2]) {
      const made = tensors[[2, 0, 1][kind]!]!;
      const scratch = place(shared.convolutionFloats(kind, geometry.at));
      const [x, filter, y] = tensors.map(({ at }) => at);
      const [one, three] = [functions, shared].map(({ convolution }) => {
        for (const { values } of tensors) {
          values.forEach((_, i) => values[i] = Math.sin(1.3 * i + kind));
        }
        made.values.fill(NaN);
        convolution(kind, x!, filter!, y!, geometry.at, scratch.at);
        return made.values.slice();
      }) as [Float32Array, Float32Array];
      expect(three).toEqual(one);
      expect(three.some(Number.isNaN)).toBe(false);
    }
  },
);

test.skipIf(missing)("a process with threads ends by itself", async () => {
  const script = (threads: number) => `
    const { startEngine } = await import("./core/engine/start.ts");
    const { tf } = await import("./core/engine/tf.ts");
    const { threads } = await startEngine("wasm", { threads: ${threads} });
    const x = tf.reshape(tf.sin(tf.range(0, 256 * 256)), [256, 256]);
    const y = tf.matMul(x, x, true, false);
    console.log(threads, Array.from(tf.sum(y, 0).dataSync()).join(" "));`;
  const cwd = fileURLToPath(new URL("../../../", import.meta.url));
  const ask = async (threads: number) => {
    const words = ["--import", "tsx", "--input-type=module", "--eval"];
    const { code, stdout, stderr } = await runChild(
      [process.execPath, ...words, script(threads)],
      { cwd },
    );
    expect([code, stderr]).toEqual([0, ""]);
    return stdout.trim().split(" ");
  };
  const [one, two] = [await ask(1), await ask(2)];
  expect([one[0], two[0]]).toEqual(["1", "2"]);
  expect(two.slice(1)).toEqual(one.slice(1));
});
