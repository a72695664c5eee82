/** What a script gives a model, held to what the model takes. @module */

import { UserError } from "../../lib/errors.ts";
import { plural } from "../../lib/count.ts";
import { show } from "../../lib/suggest.ts";
import type { ImageShape } from "../plugin/network.ts";

/** Images as typed arrays: see `VaeModel`. */
export type ImageArray = Float32Array | Uint8Array;

/** Rows of numbers. */
export interface Rows {
  readonly count: number;
  /** `[count, width]`. */
  readonly values: Float32Array;
}

/**
 * Images on the scale of bytes, 0 to 255.
 *
 * @param action that begins the message: `Cannot encode images`
 * @throws {UserError} where they are none of the model's.
 */
export function readImages(
  images: ImageArray,
  { height, width, channels }: ImageShape,
  action: string,
): Rows {
  const isBytes = images instanceof Uint8Array;
  if (!isBytes && !(images instanceof Float32Array)) {
    throw new UserError(
      `${action}: found ${
        show(images)
      }, want a Float32Array of numbers in [0, 1] or a Uint8Array of 0 to 255`,
    );
  }
  const size = height * width * channels;
  const count = countRows(images, size, {
    action,
    of: `images of ${height} x ${width} x ${channels}, row by row`,
  });
  if (isBytes) return { count, values: Float32Array.from(images) };
  const bad = images.findIndex((value) => !(value >= 0 && value <= 1));
  if (bad >= 0) {
    throw new UserError(
      `${action}: found ${images[bad]} at place ${bad % size} of image ${
        Math.floor(bad / size)
      }, want numbers in [0, 1]`,
      { hint: "Grey levels of 0 to 255 go into a Uint8Array" },
    );
  }
  return { count, values: images.map((value) => value * 255) };
}

/**
 * Latent vectors.
 *
 * @throws {UserError} where they are none of the model's.
 */
export function readLatents(
  latents: Float32Array,
  width: number,
  action: string,
): Rows {
  if (!(latents instanceof Float32Array)) {
    throw new UserError(
      `${action}: found ${show(latents)}, want a Float32Array`,
    );
  }
  const of = `latent vectors of ${plural(width, "number")}, row by row`;
  const count = countRows(latents, width, { action, of });
  const bad = latents.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new UserError(
      `${action}: found ${latents[bad]} at place ${bad % width} of vector ${
        Math.floor(bad / width)
      }, want finite numbers`,
    );
  }
  return { count, values: latents };
}

/**
 * A whole number of at least `least`.
 *
 * @throws {UserError} where it is none.
 */
export function readWhole(
  value: number,
  { action, what, least }: {
    readonly action: string;
    readonly what: string;
    readonly least: number;
  },
): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new UserError(
    `${action}: found ${what} ${
      show(value)
    }, want a whole number of at least ${least}`,
  );
}

function countRows(
  { length }: ImageArray,
  width: number,
  { action, of }: { readonly action: string; readonly of: string },
): number {
  if (length > 0 && length % width === 0) return length / width;
  throw new UserError(
    `${action}: found ${
      plural(length, "number")
    }, want a multiple of ${width}: ${of}`,
  );
}
