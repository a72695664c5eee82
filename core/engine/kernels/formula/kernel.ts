/**
 * From a formula to a kernel of all engines.
 *
 * @module
 */

import type { KernelAttributes, KernelName } from "../call.ts";
import type { GeneralKernel } from "../definition.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { ArrayArithmetic, BLOCK } from "./arrays.ts";
import { nativeArithmetic } from "./native.ts";

/** A kernel that works element by element, in double on every engine. */
export interface FormulaKernel<Input extends string>
  extends Pick<GeneralKernel, "derivatives"> {
  readonly name: KernelName;
  readonly inputs: readonly Input[];
  /** The function of the inputs, which have one shape. */
  formula<T>(
    m: Arithmetic<T>,
    at: Readonly<Record<Input, T>>,
    attributes: KernelAttributes,
  ): T;
}

/** The kernel that computes a formula. */
export function formulaKernel<const Input extends string>(
  { name, inputs, formula, derivatives = {} }: FormulaKernel<Input>,
): GeneralKernel {
  const byName = <T>(values: readonly T[]) =>
    Object.fromEntries(
      inputs.map((input, i) => [input, values[i]!]),
    ) as Record<Input, T>;
  let m: ArrayArithmetic | undefined;
  return {
    kind: "general",
    name,
    inputs,
    native(graph, tensors, attributes) {
      const doubles = tensors.map((tensor) => graph.double(tensor));
      const m = nativeArithmetic(graph, doubles[0]!);
      return graph.float(formula(m, byName(doubles), attributes));
    },
    portable(tensors, attributes) {
      m ??= new ArrayArithmetic();
      const { shape, values: { length } } = tensors[0]!;
      const values = new Float32Array(length);
      for (let start = 0; start < length; start += BLOCK) {
        const end = Math.min(start + BLOCK, length);
        m.restart(end - start);
        const block = tensors.map(({ values }) =>
          m!.copy(values.subarray(start, end))
        );
        values.set(formula(m, byName(block), attributes), start);
      }
      return { values, shape };
    },
    derivatives,
  };
}
