/**
 * The forms of data sets that are read, in the order in which they are looked
 * for.
 *
 * @module
 */

import { csv } from "./csv.ts";
import type { DataFormat } from "./format.ts";
import { idxFormat } from "./idx_format.ts";
import { npyFormat } from "./npy_format.ts";
import { npzFormat } from "./npz_format.ts";
import { pngFormat } from "./png_format.ts";

/** All formats; the first is what messages speak of. */
export const formats: readonly DataFormat[] = [
  idxFormat,
  csv,
  npyFormat,
  npzFormat,
  pngFormat,
];
