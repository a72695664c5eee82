/**
 * Gradients that TensorFlow.js leaves out: those of comparisons. They are zero,
 * yet without them `tf.where(tf.greater(x, y), ...)` cannot be differentiated
 * with respect to `x`, because `where` sends a gradient to its condition.
 *
 * @module
 */

import type { NamedTensorMap, Tensor } from "@tensorflow/tfjs";
import { tf } from "../tf.ts";

const COMPARISONS: Readonly<Record<string, readonly string[]>> = {
  Equal: ["a", "b"],
  Greater: ["a", "b"],
  GreaterEqual: ["a", "b"],
  IsFinite: ["x"],
  IsInf: ["x"],
  IsNan: ["x"],
  Less: ["a", "b"],
  LessEqual: ["a", "b"],
  LogicalAnd: ["a", "b"],
  LogicalNot: ["x"],
  LogicalOr: ["a", "b"],
  NotEqual: ["a", "b"],
};

/** Makes comparisons differentiable, with gradient zero; for every engine. */
export function registerComparisonGradients(): void {
  for (const [kernelName, inputsToSave] of Object.entries(COMPARISONS)) {
    if (tf.getGradient(kernelName) !== undefined) continue;
    tf.registerGradient({
      kernelName,
      inputsToSave: [...inputsToSave],
      gradFunc: (_dy, saved) =>
        Object.fromEntries(
          inputsToSave.map((name, i) => [name, () => zeros(saved[i])]),
        ),
    });
  }
}

function zeros(input: Tensor | undefined): NamedTensorMap[string] {
  return tf.zeros(input?.shape ?? []);
}
