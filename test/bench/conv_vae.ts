/** The convolutional VAE of conv_step.ts, in ordinary operations. @module */

import { bernoulliNegativeLogLikelihood } from "../../core/engine/ops/bernoulli.ts";
import { withGradients } from "../../core/engine/program/gradients.ts";
import type {
  ProgramSpec,
  Tensors,
  VariableValues,
} from "../../core/engine/program/program.ts";
import { createRandom, uniformStream } from "../../core/engine/random.ts";
import {
  type Scalar,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tf,
} from "../../core/engine/tf.ts";

/** Sizes of the model and of its step. */
export interface ConvVaeSizes {
  readonly batch: number;
  /** Draws K of each posterior; their bound is importance-weighted. */
  readonly draws: number;
  /** Rows and columns of an image, a multiple of 4. */
  readonly side: number;
}

const LATENT = 20;

/** A training step: fed `pixels` (bytes), `step` and `learningRate`. */
export function convVae({ batch, draws, side }: ConvVaeSizes): ProgramSpec {
  const pixelCount = side * side;
  return {
    variables: weights(side),
    adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    inputs: {
      pixels: { shape: [batch, pixelCount], dtype: "uint8" },
      step: { shape: [], dtype: "int32" },
    },
    compute: (variables, { pixels, step }) => {
      const random = createRandom({ seed: 1, step: step as Scalar });
      const images = tf.div(pixels!, 255) as Tensor2D;
      return withGradients(
        (w) => {
          const [mean, logVariance] = tf.split(
            encode(w, images, side),
            2,
            1,
          ) as [
            Tensor2D,
            Tensor2D,
          ];
          const repeat = (x: Tensor2D) => repeatRows(x, draws);
          const noise = random.normal([batch * draws, LATENT]);
          const deviation = tf.exp(tf.mul(0.5, logVariance)) as Tensor2D;
          const latent = tf.add(repeat(mean), tf.mul(repeat(deviation), noise));
          const reconstruction = bernoulliNegativeLogLikelihood(
            decode(w, latent as Tensor2D, side),
            repeat(images),
          );
          const ratio = tf.mul(
            0.5,
            tf.sum(
              tf.sub(
                tf.add(repeat(logVariance), tf.square(noise)),
                tf.square(latent),
              ),
              1,
            ),
          );
          const weight = tf.reshape(tf.sub(ratio, reconstruction), [
            batch,
            draws,
          ]);
          const bound = tf.sub(tf.logSumExp(weight, 1), Math.log(draws));
          return { loss: tf.neg(tf.mean(bound)) as Scalar };
        },
        variables,
        null,
      );
    },
  };
}

function encode(w: Tensors, images: Tensor2D, side: number): Tensor2D {
  let x = tf.reshape(images, [-1, side, side, 1]) as Tensor4D;
  for (const name of ["down0", "down1"]) {
    const y = tf.conv2d(x, w[`${name}/kernel`] as Tensor4D, 2, "same");
    x = tf.relu(tf.add(y, w[`${name}/bias`]!)) as Tensor4D;
  }
  const hidden = tf.relu(affine(w, "in", tf.reshape(x, [x.shape[0], -1])));
  return affine(w, "head", hidden);
}

function decode(w: Tensors, latent: Tensor2D, side: number): Tensor2D {
  const rows = latent.shape[0];
  const hidden = tf.relu(affine(w, "out0", latent));
  const wide = tf.relu(affine(w, "out1", hidden));
  const x = tf.reshape(wide, [rows, side / 4, side / 4, 64]) as Tensor4D;
  const y = tf.relu(up(w, "up0", x, side / 2));
  return tf.reshape(up(w, "up1", y, side), [rows, -1]);
}

function up(w: Tensors, name: string, x: Tensor4D, side: number): Tensor4D {
  const kernel = w[`${name}/kernel`] as Tensor4D;
  const shape = [x.shape[0], side, side, kernel.shape[2]] as const;
  const y = tf.conv2dTranspose(x, kernel, [...shape], 2, "same");
  return tf.add(y, w[`${name}/bias`]!);
}

function affine(w: Tensors, name: string, x: Tensor): Tensor2D {
  return tf.add(
    tf.matMul(x as Tensor2D, w[`${name}/kernel`] as Tensor2D),
    w[`${name}/bias`]!,
  );
}

function repeatRows(x: Tensor2D, times: number): Tensor2D {
  const [rows, columns] = x.shape;
  return tf.reshape(
    tf.tile(tf.expandDims(x, 1), [1, times, 1]),
    [rows * times, columns],
  );
}

/** Uniform kernels of deviation 1 / sqrt(inputs), biases 0. */
function weights(side: number): VariableValues {
  const flat = 64 * (side / 4) ** 2;
  const layers: readonly (readonly [string, readonly number[], number])[] = [
    ["down0", [3, 3, 1, 32], 32],
    ["down1", [3, 3, 32, 64], 64],
    ["in", [flat, 256], 256],
    ["head", [256, 2 * LATENT], 2 * LATENT],
    ["out0", [LATENT, 256], 256],
    ["out1", [256, flat], flat],
    ["up0", [3, 3, 32, 64], 32],
    ["up1", [3, 3, 1, 32], 1],
  ];
  const uniform = uniformStream(1, 1);
  return Object.fromEntries(layers.flatMap(([name, shape, units]) => {
    const size = shape.reduce((product, n) => product * n, 1);
    const scale = 2 * Math.sqrt(3 * units / size);
    const data = Float32Array.from(
      { length: size },
      () => scale * (uniform() - 0.5),
    );
    return [
      [`${name}/kernel`, { shape, data }] as const,
      [`${name}/bias`, { shape: [units], data: new Float32Array(units) }],
    ];
  }));
}
