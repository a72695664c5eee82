/** Images as the classifier sees them. @module */

import type { Dataset } from "../../../../datasets/mod.ts";
import { createProgram } from "../../../engine/program/create.ts";
import { batchStarts } from "../../model/batches.ts";
import type { Weights } from "../../model/artifacts.ts";
import { classifierProgram } from "../../model/classifier.ts";
import { pacer } from "../_train/pace.ts";

/** What a classifier makes of images. */
export interface Inspected {
  /** `[count, features]`. */
  readonly features: Float32Array;
  /** `[count, classes]`. */
  readonly logits: Float32Array;
}

/** Images of one run of the program. */
const BATCH = 200;

/**
 * Features and logits of `count` images.
 *
 * @param pixelAt value `i` of the images `[count, inputSize]`, in [0, 1]
 */
export async function inspectImages(
  { weights, inputSize }: {
    readonly weights: Weights;
    readonly inputSize: number;
  },
  pixelAt: (i: number) => number,
  { count, signal }: { readonly count: number; readonly signal: AbortSignal },
): Promise<Inspected> {
  const batchSize = Math.min(BATCH, count);
  const program = createProgram(
    classifierProgram({ variables: weights, batchSize, inputSize }),
  );
  const widthOf = (path: string) => weights[path]!.shape[0]!;
  const biases = Object.keys(weights).filter((path) => path.endsWith("bias"));
  const classes = widthOf("output/bias");
  const width = widthOf(
    biases.filter((path) => path.startsWith("hidden/")).at(-1)!,
  );
  const features = new Float32Array(count * width);
  const logits = new Float32Array(count * classes);
  const images = new Float32Array(batchSize * inputSize);
  const pace = pacer(signal);
  try {
    for (const start of batchStarts(count, batchSize)) {
      for (let i = 0; i < images.length; i++) {
        images[i] = pixelAt(start * inputSize + i);
      }
      const found = program.run({ images });
      features.set(found["features"]!, start * width);
      logits.set(found["logits"]!, start * classes);
      await pace();
    }
  } finally {
    program.dispose();
  }
  return { features, logits };
}

/** The class with the largest logit of each image. */
export function classesOf(logits: Float32Array, classes: number): Uint8Array {
  return Uint8Array.from(
    { length: logits.length / classes },
    (_, i) => {
      let best = 0;
      for (let c = 1; c < classes; c++) {
        if (logits[i * classes + c]! > logits[i * classes + best]!) best = c;
      }
      return best;
    },
  );
}

/** Labels go from 0 to one less than this. */
export function classCount({ train, test }: Dataset): number {
  let largest = 0;
  for (const { labels } of [train, test]) {
    for (const label of labels) if (label > largest) largest = label;
  }
  return largest + 1;
}
