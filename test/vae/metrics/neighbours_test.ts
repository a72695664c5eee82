import { beforeAll, describe, expect, it } from "vitest";
import { uniformStream } from "../../../core/engine/random.ts";
import { tf } from "../../../core/engine/tf.ts";
import {
  knnAccuracy,
  nearestNeighbours,
} from "../../../core/vae/metrics/mod.ts";
import {
  type Points,
  squaredDistance,
} from "../../../core/vae/metrics/points.ts";
import { ENGINES, useBackend } from "../../engine/backends.ts";
import { FIXTURES, toLabelled, toPoints } from "./fixtures.ts";

/** More than a block either way, and far from the origin, where single precision cancels. */
function cloud(count: number, seed: number): Points {
  const uniform = uniformStream(seed, 0);
  const data = Float32Array.from(
    { length: count * 3 },
    () => 100 + 0.01 * uniform(),
  );
  return { count, width: 3, data };
}

/** The `k` nearest, by sorting all. */
function bySorting(
  points: Points,
  references: Points,
  { i, k, same }: { i: number; k: number; same: boolean },
): number[] {
  return Array.from({ length: references.count }, (_, j) => ({
    j,
    distance: squaredDistance(points, references, { i, j }),
  })).filter(({ j }) => !same || j !== i)
    .sort((a, b) => a.distance - b.distance || a.j - b.j)
    .slice(0, k).map(({ j }) => j);
}

describe.each(ENGINES)("nearest neighbours on $title", ({ name, missing }) => {
  beforeAll(async () => {
    if (!missing) await useBackend(name);
  });
  const test = it.skipIf(missing);

  test("are scikit-learn's", async () => {
    const { train, test, indices, distances } = FIXTURES.neighbours;
    const found = await nearestNeighbours(toPoints(test), toPoints(train), {
      k: 7,
    });
    expect([...found.indices]).toEqual(indices);
    found.squaredDistances.forEach((square, place) =>
      expect(Math.sqrt(square)).toBeCloseTo(distances[place]!, 12)
    );
  });

  test("are exact where single precision is not", async () => {
    const points = cloud(300, 1);
    const references = cloud(2100, 2);
    const before = tf.memory().numTensors;
    const found = await nearestNeighbours(points, references, { k: 3 });
    expect(tf.memory().numTensors).toBe(before);
    for (let i = 0; i < points.count; i += 13) {
      expect([...found.indices.subarray(3 * i, 3 * i + 3)]).toEqual(
        bySorting(points, references, { i, k: 3, same: false }),
      );
    }
  });

  test("leave out the point itself, and take the first of equals", async () => {
    const data = Float32Array.of(0, 1, 1, 5, 0);
    const points: Points = { count: 5, width: 1, data };
    const found = await nearestNeighbours(points, points, { k: 2, same: true });
    expect([...found.indices]).toEqual([4, 1, 2, 0, 1, 0, 1, 2, 0, 1]);
    expect([...found.squaredDistances]).toEqual(
      [0, 1, 0, 1, 0, 1, 16, 16, 0, 1],
    );
    await expect(nearestNeighbours(points, points, { k: 5, same: true }))
      .rejects.toThrow("Cannot find 5 neighbours among 4 points");
  });

  test.each([1, 5])("tell labels as %i votes do", async (k) => {
    const { train, test, accuracy } = FIXTURES.neighbours;
    const found = await knnAccuracy(toLabelled(train), toLabelled(test), { k });
    const share = accuracy[k]!;
    expect(found.mean).toBeCloseTo(share, 12);
    expect(found.standardError).toBeCloseTo(
      Math.sqrt(share * (1 - share) / 79),
      12,
    );
  });
});
