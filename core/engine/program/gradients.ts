/**
 * A loss with its gradients, as the outputs of a program.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { type NamedTensorMap, type Scalar, type Tensor, tf } from "../tf.ts";
import { GRADIENT, type Tensors } from "./program.ts";

/** A loss and whatever else is to be returned with it. */
export interface Loss {
  /** A scalar; the gradients are its. */
  readonly loss: Scalar;
  readonly [name: string]: Tensor;
}

/**
 * Evaluates `compute` and differentiates its `loss` with respect to every
 * variable.
 *
 * @throws {UserError} naming the variables that the loss does not depend on.
 * @param clipNorm largest global norm of the gradients (Pascanu, Mikolov and
 * Bengio 2013, algorithm 1); null leaves them alone
 * @returns the outputs of `compute` and `gradient/<variable>` for each variable
 */
export function withGradients(
  compute: (variables: Tensors) => Loss,
  variables: Tensors,
  clipNorm: number | null,
): NamedTensorMap {
  const names = Object.keys(variables);
  const outputs: NamedTensorMap = {};
  // What tf.valueAndGrads calls; that one does not say which gradient is missing.
  const { value, grads } = tf.engine().gradients(
    () => {
      const { loss, ...others } = compute(variables);
      // The tape frees what is not the loss; the outputs must outlive it.
      for (const [name, tensor] of Object.entries(others)) {
        outputs[name] = tf.keep(tensor);
      }
      return loss;
    },
    names.map((name) => variables[name]!),
    undefined,
    true,
  );
  requireGradients(names.filter((_, i) => grads[i] == null));
  const clipped = clipNorm === null ? grads : clip(grads, clipNorm);
  outputs["loss"] = value;
  names.forEach((name, i) => outputs[GRADIENT + name] = clipped[i]!);
  return outputs;
}

function requireGradients(missing: readonly string[]): void {
  if (missing.length === 0) return;
  throw new UserError(
    `Cannot train ${
      missing.map((name) => `"${name}"`).join(", ")
    }: the loss does not depend on it`,
    {
      hint:
        "Each parameter that a prior learns must have a part in its klDivergence, and its sample must depend on the posterior",
    },
  );
}

function clip(gradients: Tensor[], limit: number): Tensor[] {
  const norm = tf.sqrt(
    tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient)))),
  );
  const factor = tf.div(limit, tf.maximum(norm, limit));
  return gradients.map((gradient) => tf.mul(gradient, factor));
}
