/**
 * TensorFlow keeps nothing of an array it was given, whichever of the places
 * within 64 bytes the array starts at: one of them is aligned for vectors.
 */

import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import { nativeSite } from "../../core/engine/native/site.ts";
import type { NativeBackend } from "../../core/engine/ops/native_op.ts";
import { createProgram } from "../../core/engine/program/create.ts";
import { withGradients } from "../../core/engine/program/gradients.ts";
import type {
  Program,
  ProgramSpec,
} from "../../core/engine/program/program.ts";
import { type Scalar, type Tensor, tf } from "../../core/engine/tf.ts";
import { nativeMissing, useBackend } from "./backends.ts";

const require = createRequire(import.meta.url);
const ALIGNMENT = 64;
const KINDS = { Float32Array, Int32Array, Uint8Array } as const;
type Kind = typeof KINDS[keyof typeof KINDS];

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Arrays at all places within 64 bytes; the first holds ones, the second twos. */
function atEveryPlace<K extends Kind>(
  Kind: K,
  length: number,
): InstanceType<K>[] {
  const size = Kind.BYTES_PER_ELEMENT;
  const count = ALIGNMENT / size;
  const room = ALIGNMENT * (1 + Math.ceil(length * size / ALIGNMENT));
  const buffer = new ArrayBuffer(count * room);
  return Array.from({ length: count }, (_, i) => {
    const array = new Kind(buffer, i * (room + size), length);
    return array.fill(i + 1) as InstanceType<K>;
  });
}

/** How many of the arrays that `use` has made are still held when it has ended. */
async function heldAfter(use: () => readonly object[]): Promise<number> {
  const references = (() => use().map((array) => new WeakRef(array)))();
  // What a task looks at by a weak reference stays until the task ends.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  return references.filter((array) => array.deref() !== undefined).length;
}

/** One layer of a weight `[16]`, trained towards the fed target. */
function layer(): ProgramSpec {
  return {
    variables: { w: { shape: [16], data: new Float32Array(16) } },
    adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    inputs: {
      target: { shape: [16], dtype: "float32" },
      step: { shape: [], dtype: "int32" },
    },
    compute: (variables, { target }) =>
      withGradients(
        ({ w }) => ({
          loss: tf.sum(tf.square(tf.sub(w!, target!))) as Scalar,
          target: tf.reshape(target!, [16]),
        }),
        variables,
        null,
      ),
  };
}

function withProgram<T>(use: (program: Program) => T): T {
  const program = createProgram(layer());
  try {
    expect(program.execution).toEqual({ compiled: true });
    return use(program);
  } finally {
    program.dispose();
  }
}

describe.skipIf(nativeMissing())("arrays given to TensorFlow", () => {
  beforeAll(() => useBackend("native"));

  const binding = () => (tf.backend() as NativeBackend).binding;

  it("go through one createTensor, whoever gives them", () => {
    expect(binding()).toBe(require(nativeSite().addon));
    expect(Object.hasOwn(binding(), "createTensor")).toBe(true);
  });

  it.each(
    (["Float32Array", "Int32Array", "Uint8Array"] as const).flatMap((kind) =>
      [0, 1, 16, 300_000].map((length) => [kind, length] as const)
    ),
  )("are free while their tensors live: %s of %i", async (kind, length) => {
    const dtype = {
      Float32Array: binding().TF_FLOAT,
      Int32Array: binding().TF_INT32,
      Uint8Array: binding().TF_BOOL,
    }[kind];
    const ids: number[] = [];
    const held = await heldAfter(() =>
      atEveryPlace(KINDS[kind], length).map((array) => {
        ids.push(binding().createTensor([length], dtype, array));
        return array.fill(77);
      })
    );
    const areRight = ids.map((id, i) =>
      binding().tensorDataSync(id).every((value) => value === i + 1)
    );
    for (const id of ids) binding().deleteTensor(id);
    expect(areRight).toEqual(ids.map(() => true));
    expect(held).toBe(0);
  });

  it("are free while TensorFlow.js has a tensor of them", async () => {
    const tensors: Tensor[] = [];
    const held = await heldAfter(() =>
      atEveryPlace(Float32Array, 50).map((array) => {
        const tensor = tf.tensor(array);
        tf.dispose(tf.neg(tensor));
        tensors.push(tensor);
        return array.fill(77);
      })
    );
    const found = tensors.map((tensor) => tensor.dataSync()[49]);
    tf.dispose(tensors);
    expect(found).toEqual(tensors.map((_, i) => i + 1));
    expect(held).toBe(0);
  });

  it("are free while variables have their values", async () => {
    const programs = Array.from(
      { length: 16 },
      () => createProgram(layer()),
    );
    const held = await heldAfter(() =>
      atEveryPlace(Float32Array, 16).map((data, i) => {
        programs[i]!.assign({ w: { shape: [16], data } });
        return data.fill(77);
      })
    );
    const found = programs.map((program) => program.variables()["w"]!.data[15]);
    for (const program of programs) program.dispose();
    expect(found).toEqual(programs.map((_, i) => i + 1));
    expect(held).toBe(0);
  });

  it("give the same bits from every place", () => {
    const trained = (values: Float32Array, target: Float32Array) =>
      withProgram((program) => {
        program.assign({ w: { shape: [16], data: values } });
        const losses = [1, 2, 3].map((step) =>
          program.run({ target, step, learningRate: 0.1 })["loss"]![0]
        );
        return { losses, variables: program.variables() };
      });
    const wave = Float32Array.from({ length: 16 }, (_, i) => Math.sin(i));
    const [first, ...others] = atEveryPlace(Float32Array, 16).map((array) => {
      array.set(wave);
      return trained(array, array.slice().reverse());
    });
    for (const other of others) expect(other).toEqual(first);
  });

  it("are the caller's when they come out of a run as they went in", () => {
    withProgram((program) => {
      const [target] = atEveryPlace(Float32Array, 16);
      const run = (step: number) =>
        program.run({ target: target!, step, learningRate: 0.1 })["target"]!;
      const first = run(1);
      target!.fill(9);
      const second = run(2);
      first.fill(5);
      expect([first[0], second[0], target![0]]).toEqual([5, 9, 9]);
    });
  });

  it("of strings, and what is refused, are the addon's own affair", () => {
    const text = new TextEncoder().encode("word");
    const id = binding().createTensor(
      [1],
      7,
      [text] as unknown as ArrayBufferView,
    );
    expect(binding().tensorDataSync(id)).toEqual([text]);
    binding().deleteTensor(id);
    const give = (values: ArrayBufferView) => () =>
      binding().createTensor([2], binding().TF_FLOAT, values);
    expect(give(new Float64Array(2))).toThrow("array_type");
    expect(give(new Int32Array(2))).toThrow("does not match Int32Array");
    expect(give(new Float32Array(3))).toThrow("Shape does not match");
  });

  it("cost no memory that stays", async () => {
    const one = (length: number) =>
      binding().deleteTensor(
        binding().createTensor(
          [length],
          binding().TF_FLOAT,
          new Float32Array(length),
        ),
      );
    const inUse = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      // V8 frees the memory of arrays beside its work: the second waits for the first.
      collect();
      collect();
      return process.memoryUsage().arrayBuffers;
    };
    one(1);
    const before = await inUse();
    one(2 ** 22);
    for (let i = 0; i < 1000; i++) one(1000 + i);
    expect(await inUse() - before).toBeLessThan(2 ** 16);
  });
});
