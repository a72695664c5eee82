/** What the functions of a prior see of their model. @module */

import type { Tensors } from "../../engine/program/program.ts";
import type { Tensor2D } from "../../engine/tf.ts";
import type { PriorScope } from "../plugin/prior.ts";
import { learntOf } from "./learnt.ts";
import type { Model } from "./model.ts";
import { encode } from "./network.ts";

/** The scope of a model's prior under its weights. */
export function priorScope(
  model: Pick<Model, "prior" | "encoder" | "image">,
  weights: Tensors,
): PriorScope {
  return {
    learnt: learntOf("prior", model.prior.learnt, weights),
    encode: (images: Tensor2D) => encode(model, weights, images),
  };
}
