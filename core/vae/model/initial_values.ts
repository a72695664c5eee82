/** A parameter's values before training. @module */

import { UserError } from "../../lib/errors.ts";
import type { LearntParameter } from "../plugin/learnt.ts";
import type { WeightArray } from "./artifacts.ts";
import { sizeOfShape } from "../../lib/tensor_shape.ts";

/**
 * The values that a plugin gives.
 *
 * @param whose for errors: `prior "mine"`, and what of it
 * @throws {UserError} where they are too many or too few, or one is not finite.
 */
export function initialValues(
  { shape, initial }: LearntParameter,
  uniform: () => number,
  whose: { readonly owner: string; readonly what: string },
): WeightArray {
  const data = Float32Array.from(initial(uniform));
  const size = sizeOfShape(shape);
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (data.length !== size || bad >= 0) {
    throw new UserError(
      `Cannot start ${whose.owner}: the initial values of ${whose.what} are ${
        bad < 0 ? `${data.length} numbers` : `${data[bad]} at place ${bad}`
      }, want ${size} finite numbers for its shape [${shape.join(", ")}]`,
    );
  }
  return { shape, data };
}
