/** The check `same`: no draws, no state, nothing left behind. @module */

import { tf } from "../../../../engine/tf.ts";
import { type Check, fail, pass } from "../../check.ts";
import { toTensor, valuesOf } from "../../tensors.ts";
import { inputOf } from "../inputs.ts";
import { type Half, tensorsOf } from "../instance.ts";
import { MNIST, type NetworkSubject } from "../subject.ts";

const ROWS = 3;

/** The same weights from the same seed, the same bits from the same input, and no tensor kept. */
export const same: Check<NetworkSubject> = {
  name: "same",
  title: "Same again",
  run(subject) {
    const before = tf.memory().numTensors;
    const sizes = { latentWidth: 5, outputs: 2 };
    const [first, second] = [
      subject.build(MNIST, sizes),
      subject.build(MNIST, sizes),
    ];
    const made = tf.memory().numTensors - before;
    const faults = made === 0
      ? []
      : [`create makes ${made / 2} tensors, which nobody frees`];
    for (const half of ["encoder", "decoder"] as const) {
      faults.push(...faultsOf(first[half], second[half], subject.seed));
    }
    if (faults.length > 0) {
      return fail(
        faults.join("; "),
        "Draw initial values from the argument `uniform` alone and nothing in apply; keep no state between calls, and use neither tf.keep nor tf.variable",
      );
    }
    return pass("same weights, same bits, called again and built again");
  },
};

function faultsOf(half: Half, other: Half, seed: number): string[] {
  const differing = Object.keys(half.initial).filter((path) =>
    !isSame(half.initial[path]!.data, other.initial[path]?.data)
  );
  if (differing.length > 0) {
    return [
      `the initial values of "${
        differing[0]
      }" differ from one create to the next`,
    ];
  }
  const input = inputOf(half, { rows: ROWS, seed });
  const run = ({ apply }: Half) =>
    valuesOf(() => apply(tensorsOf(half.moved), toTensor(input)));
  const bits = run(half);
  const before = tf.memory().numTensors;
  const again = run(half);
  const kept = tf.memory().numTensors - before;
  return [
    ...(isSame(bits, again)
      ? []
      : [`${half.name}.apply differs from call to call`]),
    ...(isSame(bits, run(other))
      ? []
      : [`${half.name}.apply differs from one create to the next`]),
    ...(kept === 0
      ? []
      : [`${half.name}.apply keeps ${kept} tensors at each call`]),
  ];
}

function isSame(a: Float32Array, b: Float32Array | undefined): boolean {
  return a.length === b?.length &&
    a.every((value, i) => Object.is(value, b[i]));
}
