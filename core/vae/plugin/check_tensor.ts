/** Whether what a plugin's function gave is the tensor that its contract says. @module */

import { type Tensor, tf } from "../../engine/tf.ts";
import { UserError } from "../../lib/errors.ts";

/** Sizes of a shape in their order, by the names that the contract has for them. */
export type Sizes = Readonly<Record<string, number>>;

/**
 * Gives a tensor back that a plugin's function gave.
 *
 * @throws {UserError} where it is none, or not of these sizes, or not of floats.
 */
export function checkTensor<T extends Tensor>(
  given: T,
  { start, wanted }: { readonly start: string; readonly wanted: Sizes },
): T {
  const sizes = Object.values(wanted);
  const shape = `[${sizes}]`;
  const kind = kindIfNoTensor(given);
  if (kind !== undefined) {
    throw new UserError(
      `${start} gives ${kind}, want a tensor of shape ${shape}`,
      {
        hint: kind === PROMISE
          ? "Leave out async and await: a function of a plugin returns its tensor at once"
          : "Return a tensor of the tf that vae-priors exports",
      },
    );
  }
  if (given.isDisposed) {
    throw new UserError(`${start} gives a tensor that has been disposed of`, {
      hint: "Return it from tf.tidy, and dispose of nothing: the core does",
    });
  }
  const isShape = given.shape.length === sizes.length &&
    sizes.every((size, i) => size === given.shape[i]);
  if (!isShape) {
    const names = Object.keys(wanted);
    throw new UserError(
      `${start} gives shape [${given.shape}], want ${shape}, which is [${
        names.join(", ")
      }] with ${names.map((name) => `${name} = ${wanted[name]}`).join(", ")}`,
      {
        hint: sizes.length === 1
          ? "Sum over axis 1 and keep the batch: one number for each row"
          : "Take sizes from latentDim and from the arguments, never from a constant",
      },
    );
  }
  if (given.dtype !== "float32") {
    throw new UserError(`${start} gives ${given.dtype}, want float32`, {
      hint: 'Convert it: tf.cast(values, "float32")',
    });
  }
  return given;
}

/**
 * What a function gave in place of a tensor: `a promise`, `nothing`; undefined
 * where it is one. Nobody will wait for the promise.
 */
export function kindIfNoTensor(value: unknown): string | undefined {
  if (value instanceof tf.Tensor) return undefined;
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  if (typeof (value as { then?: unknown }).then === "function") {
    // What it may throw would end the process.
    Promise.resolve(value).catch(() => {});
    return PROMISE;
  }
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

const PROMISE = "a promise";
