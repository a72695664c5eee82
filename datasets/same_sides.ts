/** Whether test images have the size of the training images. @module */

import { UserError } from "../core/lib/errors.ts";
import type { Sides } from "./image_set.ts";

/**
 * Checks that they have it; `titles` say where they are, for people.
 *
 * @throws {UserError} if they have not.
 */
export function checkSameSides(
  train: Sides,
  test: Sides,
  titles: { readonly train: string; readonly test: string },
): void {
  if (test.height === train.height && test.width === train.width) return;
  throw new UserError(
    `Cannot use ${titles.test} with ${titles.train}: found images of ${
      sidesText(test)
    }, expected ${sidesText(train)}, as the training images are`,
  );
}

/** `28 x 28`. */
export function sidesText(
  { height, width }: Sides,
): string {
  return `${height} x ${width}`;
}
