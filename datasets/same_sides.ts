/** Whether test images have the size of the training images. @module */

import { UserError } from "../core/lib/errors.ts";
import { imageShapeText, type ImageSides } from "../core/lib/image_shape.ts";

/**
 * Checks that they have it; `titles` say where they are, for people.
 *
 * @throws {UserError} if they have not.
 */
export function checkSameSides(
  train: ImageSides,
  test: ImageSides,
  titles: { readonly train: string; readonly test: string },
): void {
  if (imageShapeText(test) === imageShapeText(train)) return;
  throw new UserError(
    `Cannot use ${titles.test} with ${titles.train}: found images of ${
      imageShapeText(test)
    }, want ${imageShapeText(train)}, as the training images are`,
  );
}
