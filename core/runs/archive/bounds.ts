/**
 * How much an archive may unpack to. Some kilobytes of zip can become
 * gigabytes; results cannot be packed so well: floats by a tenth, images of
 * digits to a fifth.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { formatBytes } from "../format.ts";
import type { ArchiveIndex } from "./format.ts";

/** So much is never a surprise. */
const SMALL = 64e6;
/** Bytes for one of the archive. */
const MOST = 30;

/**
 * Compares what the index lists with the size of the archive; `maxSize` is how
 * much the person takes in any case.
 *
 * @throws {UserError} beginning with `action`, where it is much more than fits.
 */
export function refuseBomb(
  { files }: ArchiveIndex,
  { bytes, maxSize, action }: {
    /** Of the archive. */
    readonly bytes: number;
    readonly maxSize?: number | undefined;
    readonly action: string;
  },
): void {
  const entries = Object.entries(files);
  const total = entries.reduce((sum, [, { size }]) => sum + size, 0);
  const limit = maxSize ?? SMALL + MOST * bytes;
  if (total <= limit) return;
  const [largest] = entries.sort(([, a], [, b]) => b.size - a.size);
  const most = `, of them ${formatBytes(largest![1].size)} "${largest![0]}"`;
  throw new UserError(
    `${action}: it has ${formatBytes(bytes)} and would unpack to ${
      formatBytes(total)
    }${most}; want at most ${formatBytes(limit)}`,
    {
      hint: `No run is packed so well; where it is right, add --max-size ${
        formatBytes(Math.ceil(total * 1.05)).replace(" ", "")
      }`,
    },
  );
}
