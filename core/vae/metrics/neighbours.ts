/**
 * Nearest neighbours in Euclidean distance, exact.
 *
 * @module
 */

import { plural } from "../../lib/count.ts";
import { visitDistances } from "./_distances.ts";
import { type Points, squaredDistance } from "./points.ts";

/** The nearest neighbours of each point, the nearest first. */
export interface Neighbours {
  /** Neighbours of each point. */
  readonly k: number;
  /** Places among the references, `[count, k]`. */
  readonly indices: Int32Array;
  /** Squared distances, `[count, k]`. */
  readonly squaredDistances: Float64Array;
}

/** Options of {@link nearestNeighbours}. */
export interface NeighbourOptions {
  readonly k: number;
  /** Whether points and references are the same: no point is then its own neighbour. */
  readonly same?: boolean;
  /** Called now and then, for Ctrl-C to arrive. */
  readonly pause?: () => Promise<unknown>;
}

/**
 * The `k` references nearest to each point. Of references at the same distance
 * the first ones are taken.
 *
 * @throws {RangeError} where there are fewer than `k` references
 */
export async function nearestNeighbours(
  points: Points,
  references: Points,
  { k, same = false, pause }: NeighbourOptions,
): Promise<Neighbours> {
  const available = references.count - (same ? 1 : 0);
  if (available < k) {
    throw new RangeError(
      `Cannot find ${k} neighbours among ${plural(available, "point")}`,
    );
  }
  const indices = new Int32Array(points.count * k).fill(-1);
  const found = new Float64Array(points.count * k).fill(Infinity);
  await visitDistances(points, references, {
    pause,
    visit: ({ a, nearer }) => {
      for (let i = a[0]; i < a[1]; i++) {
        const last = (i + 1) * k - 1;
        nearer(i, found[last]!, (j) => {
          if (same && i === j) return found[last]!;
          const distance = squaredDistance(points, references, { i, j });
          if (distance >= found[last]!) return found[last]!;
          let place = last;
          for (; place > i * k && found[place - 1]! > distance; place--) {
            found[place] = found[place - 1]!;
            indices[place] = indices[place - 1]!;
          }
          found[place] = distance;
          indices[place] = j;
          return found[last]!;
        });
      }
    },
  });
  return { k, indices, squaredDistances: found };
}
