/** The check `shapes` of networks: any batch, image, latent width and likelihood. @module */

import { messageOf } from "../../../../lib/errors.ts";
import type { ImageShape } from "../../../plugin/network.ts";
import { type Check, fail, pass } from "../../check.ts";
import { toTensor, valuesOf } from "../../tensors.ts";
import { inputOf } from "../inputs.ts";
import { type Half, tensorsOf } from "../instance.ts";
import {
  imageName,
  MNIST,
  type NetworkSubject,
  refusalOf,
} from "../subject.ts";

const BATCHES = [1, 2, 7];
const SIZES = [
  { latentWidth: 1, outputs: 1 },
  { latentWidth: 20, outputs: 2 },
];
/** No side a power of two, one not square, one in colours, one of a line. */
const IMAGES: readonly ImageShape[] = [
  MNIST,
  { height: 7, width: 10, channels: 1 },
  { height: 9, width: 9, channels: 3 },
  { height: 1, width: 12, channels: 1 },
];

/** `[B, F]` and `[B, H, W, C * outputs]` in float32, finite. */
export const shapes: Check<NetworkSubject> = {
  name: "shapes",
  title: "Shapes",
  run(subject) {
    const refused: string[] = [];
    for (const image of IMAGES) {
      const refusal = refusalOf(() => subject.build(image, SIZES[0]!));
      if (refusal !== undefined && image !== MNIST) {
        refused.push(`refuses ${imageName(image)}: ${refusal}`);
        continue;
      }
      for (const sizes of SIZES) {
        const { encoder, decoder } = subject.build(image, sizes);
        for (const batch of BATCHES) {
          for (const half of [encoder, decoder]) {
            const fault = faultOf(half, batch, subject.seed);
            if (fault === undefined) continue;
            return fail(
              `${fault} (B=${batch}, images ${
                imageName(image)
              }, latent width ${sizes.latentWidth}, ${sizes.outputs} outputs)`,
              "Take sizes from the image, from the arguments of decoder and from the tensors, never from a constant",
            );
          }
        }
      }
    }
    return pass(
      [
        `B of ${BATCHES.join(", ")} with ${
          IMAGES.length - refused.length
        } sizes of images`,
        ...refused,
      ].join("; "),
    );
  },
};

function faultOf(
  half: Half,
  batch: number,
  seed: number,
): string | undefined {
  const { name, initial, apply } = half;
  try {
    const values = valuesOf(() =>
      apply(tensorsOf(initial), toTensor(inputOf(half, { rows: batch, seed })))
    );
    const bad = values.find((value) => !Number.isFinite(value));
    return bad === undefined ? undefined : `${name}.apply gives ${bad}`;
  } catch (error) {
    return messageOf(error);
  }
}
