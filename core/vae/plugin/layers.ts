/**
 * Parameters of layers, for authors of networks.
 *
 * @module
 */

import type { LearntParameter } from "./prior.ts";

/**
 * Kernel `[inputs, outputs]` and bias `[outputs]` of a dense layer, as
 * `<path>/kernel` and `<path>/bias`, uniform on +-1/sqrt(inputs): the default of
 * PyTorch's linear layer, so that results compare.
 */
export function denseParameters(
  path: string,
  { inputs, outputs }: { readonly inputs: number; readonly outputs: number },
): Readonly<Record<string, LearntParameter>> {
  const limit = 1 / Math.sqrt(inputs);
  return {
    [`${path}/kernel`]: uniformParameter([inputs, outputs], limit),
    [`${path}/bias`]: uniformParameter([outputs], limit),
  };
}

/** A parameter that starts uniform on +-limit. */
export function uniformParameter(
  shape: readonly number[],
  limit: number,
): LearntParameter {
  const length = shape.reduce((product, n) => product * n, 1);
  return {
    shape,
    initial: (uniform) =>
      Float32Array.from({ length }, () => (2 * uniform() - 1) * limit),
  };
}
