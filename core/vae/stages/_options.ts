/** Schemas that several stages share. @module */

import * as v from "valibot";

/** A whole number of at least `least`. */
export function count(least = 1) {
  return v.pipe(v.number(), v.integer(), v.minValue(least));
}

/** Widths of hidden layers; at least one. */
export function layerWidths() {
  return v.pipe(v.array(count()), v.minLength(1));
}

/** Which of a training's weights are looked at. */
export function weightsChoice() {
  return v.optional(
    v.pipe(
      v.picklist(["last", "best"]),
      v.description("weights after the last step, or those of the best epoch"),
    ),
    "last",
  );
}
