/**
 * A plan's results in the formats of other programs.
 *
 * @module
 */

import { csv } from "./csv.ts";
import type { Format } from "./format.ts";
import { savedModel } from "./functions/saved_model.ts";
import { tfjs } from "./functions/tfjs.ts";
import { onnx } from "./onnx/format.ts";
import { npy } from "./npy.ts";
import { safetensors } from "./safetensors.ts";
import { tensorboard } from "./tensorboard/format.ts";

export { convertPlan } from "./convert.ts";
export type { Format } from "./format.ts";

/** All formats. */
export const formats: readonly Format[] = [
  csv,
  npy,
  safetensors,
  tensorboard,
  savedModel,
  tfjs,
  onnx,
];
