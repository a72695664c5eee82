/** Dense layers one after another. @module */

import {
  dense,
  denseParameters,
  type NetworkParameters,
  type NetworkWeights,
  type Tensor2D,
  tf,
} from "vae-priors";
import { activate, type ActivationName } from "./_activation.ts";
import { layerAt } from "./_weights.ts";

/** What its layers are like. */
export interface StackStyle {
  readonly activation: ActivationName | "gated";
  /** Whether a layer that is as wide as its input is added to it. */
  readonly residual: boolean;
}

/** Whether a layer follows one of the same width. */
export function hasResidual(widths: readonly number[]): boolean {
  return widths.some((width, i) => width === widths[i - 1]);
}

/**
 * Parameters `<name>/0/kernel` and so on. The kernel of a gated layer is
 * `[inputs, 2 * outputs]`, values and gates side by side: one product of
 * matrices for both.
 *
 * @param widths of what comes in, and of each layer
 */
export function stackParameters(
  name: string,
  widths: readonly number[],
  { activation }: StackStyle,
): NetworkParameters {
  return Object.assign(
    {},
    ...widths.slice(1).map((outputs, i) =>
      denseParameters(`${name}/${i}`, {
        inputs: widths[i]!,
        outputs: activation === "gated" ? 2 * outputs : outputs,
      })
    ),
  );
}

/** Whose layers, and how many. */
export interface Stack {
  readonly name: string;
  readonly layers: number;
  readonly weights: NetworkWeights;
  readonly style: StackStyle;
}

/** What the layers make of `input` `[B, I]`: `[B, O]`. */
export function stack(
  input: Tensor2D,
  { name, layers, weights, style }: Stack,
): Tensor2D {
  let x = input;
  for (let i = 0; i < layers; i++) {
    const y = layer(x, layerAt(weights, `${name}/${i}`), style);
    x = style.residual && y.shape[1] === x.shape[1] ? tf.add(x, y) : y;
  }
  return x;
}

function layer(
  x: Tensor2D,
  weights: ReturnType<typeof layerAt>,
  { activation }: StackStyle,
): Tensor2D {
  if (activation === "relu") return dense(x, weights, "relu");
  const affine = dense(x, weights, "linear");
  if (activation !== "gated") return activate(affine, activation);
  // Dauphin et al. 2017, eq. 1; Tomczak and Welling 2018 use it in all layers.
  const [values, gates] = tf.split(affine, 2, 1) as [Tensor2D, Tensor2D];
  return tf.mul(values, tf.sigmoid(gates));
}
