/**
 * Adam on the tensors of a program that runs operation by operation.
 *
 * @module
 */

import { type Tensor, tf } from "../tf.ts";

/** A trained tensor with its slots. */
export interface AdamTensors {
  readonly weight: Tensor;
  readonly firstMoment: Tensor;
  readonly secondMoment: Tensor;
}

/** Settings of one step. */
export interface AdamStep {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** The learning rate with both bias corrections folded in. */
  readonly rate: number;
}

/**
 * One step of Adam (Kingma and Ba 2015, section 2, with the efficient form of
 * its last paragraph). Takes the tensors over: what it returns is to be used in
 * their place, and may be the same tensors, written over.
 */
export function adamUpdate(
  tensors: AdamTensors,
  gradient: Tensor,
  step: AdamStep,
): AdamTensors {
  if (tf.getKernel("AdamUpdate", tf.getBackend()) !== undefined) {
    tf.engine().runKernel("AdamUpdate", { ...tensors, gradient }, { ...step });
    return tensors;
  }
  const { weight, firstMoment, secondMoment } = tensors;
  const { beta1, beta2, epsilon, rate } = step;
  const updated = tf.tidy(() => {
    const m = tf.add(
      firstMoment,
      tf.mul(tf.sub(gradient, firstMoment), 1 - beta1),
    );
    const v = tf.add(
      secondMoment,
      tf.mul(tf.sub(tf.square(gradient), secondMoment), 1 - beta2),
    );
    const change = tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), epsilon));
    return {
      weight: tf.keep(tf.sub(weight, change)),
      firstMoment: tf.keep(m),
      secondMoment: tf.keep(v),
    };
  });
  tf.dispose([weight, firstMoment, secondMoment]);
  return updated;
}
