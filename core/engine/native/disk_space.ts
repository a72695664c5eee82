/**
 * The room that setting up TensorFlow takes on a disk.
 *
 * @module
 */

import { stat, statfs } from "node:fs/promises";
import { wheelPath } from "./download.ts";
import { ProvisionError } from "./failure.ts";
import type { NativeSite } from "./site.ts";
import type { Wheel } from "./wheels.ts";

/** Room for the compiler's temporary files and other small things. */
const SPARE_BYTES = 200e6;

/** What provisioning needs at its peak, in bytes. */
export function spaceNeeded(wheel: Wheel): number {
  return wheel.bytes + wheel.libraryBytes + SPARE_BYTES;
}

/** @throws {ProvisionError} where the cache's disk has less than that. */
export async function checkSpace(
  site: NativeSite,
  wheel: Wheel,
): Promise<void> {
  const kept = await stat(wheelPath(site, wheel)).then(
    (file) => file.size,
    () => 0,
  );
  const wanted = spaceNeeded(wheel) - Math.min(kept, wheel.bytes);
  const { bavail, bsize } = await statfs(site.cacheDirectory);
  if (bavail * bsize >= wanted) return;
  const [found, want] = [bavail * bsize, wanted].map((bytes) =>
    `${(bytes / 1e9).toFixed(1)} GB`
  );
  throw new ProvisionError(
    "disk",
    `Setting up TensorFlow takes ${want} in ${site.cacheDirectory}, and ${found} are free`,
    {
      hint:
        "Free some space, or set VAE_PRIORS_CACHE to a folder on a larger disk",
    },
  );
}
