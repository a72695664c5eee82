import { beforeAll, describe, expect, it } from "vitest";
import {
  classEntropy,
  copyingProbability,
  frechetDistance,
  precisionRecall,
  vendiScore,
} from "../../../core/vae/metrics/mod.ts";
import { ENGINES, useBackend } from "../../engine/backends.ts";
import { FIXTURES, toPoints } from "./fixtures.ts";

describe("frechetDistance()", () => {
  const { a, b, distance } = FIXTURES.frechet;

  it("is that of SciPy's matrix square roots, singular covariances included", () => {
    const found = frechetDistance(toPoints(a), toPoints(b));
    expect(Math.abs(found / distance - 1)).toBeLessThan(1e-6);
    expect(frechetDistance(toPoints(b), toPoints(a))).toBeCloseTo(found, 6);
  });

  it("is 0 for the same points, and a squared shift for shifted ones", () => {
    const points = toPoints(b);
    expect(frechetDistance(points, points)).toBeCloseTo(0, 10);
    const shifted = { ...points, data: points.data.map((x) => x + 2) };
    expect(frechetDistance(points, shifted)).toBeCloseTo(6 * 4, 4);
  });
});

describe.each(ENGINES)("precisionRecall() on $title", ({ name, missing }) => {
  beforeAll(async () => {
    if (!missing) await useBackend(name);
  });

  it.skipIf(missing).each([1, 3])(
    "has NumPy's shares for k = %i",
    async (k) => {
      const fixture = FIXTURES.precision_recall;
      const { precision, recall } = await precisionRecall(
        toPoints(fixture.real),
        toPoints(fixture.generated),
        { k },
      );
      expect(precision.mean).toBeCloseTo(fixture.k[k]!.precision, 12);
      expect(recall.mean).toBeCloseTo(fixture.k[k]!.recall, 12);
      expect(precision.standardError).toBeGreaterThan(0);
    },
  );

  it.skipIf(missing)("is 1 for copies, 0 for what is far away", async () => {
    const real = toPoints(FIXTURES.precision_recall.real);
    const copies = await precisionRecall(real, real, { k: 3 });
    expect([copies.precision.mean, copies.recall.mean]).toEqual([1, 1]);
    const far = { ...real, data: real.data.map((x) => x + 100) };
    const apart = await precisionRecall(real, far, { k: 3 });
    expect([apart.precision.mean, apart.recall.mean]).toEqual([0, 0]);
  });
});

describe("diversity", () => {
  const { points, vendi, labels, entropy } = FIXTURES.diversity;

  it("has NumPy's Vendi score, from similarities of all pairs", () => {
    expect(vendiScore(toPoints(points))).toBeCloseTo(vendi, 6);
  });

  it("counts directions at right angles", () => {
    const data = Float32Array.of(3, 0, 0, 0, 2, 0, 0, 0, 9, 1, 0, 0);
    // One half, one quarter and one quarter.
    expect(vendiScore({ count: 4, width: 3, data }))
      .toBeCloseTo(Math.exp(1.5 * Math.log(2)), 12);
    const same = Float32Array.of(1, 2, 3, 2, 4, 6);
    expect(vendiScore({ count: 2, width: 3, data: same })).toBeCloseTo(1, 6);
  });

  it("has SciPy's entropy of classes", () => {
    expect(classEntropy(labels)).toBeCloseTo(entropy, 12);
    expect(classEntropy([2, 2, 2])).toBeCloseTo(0, 14);
    expect(classEntropy([0, 1, 2, 3])).toBeCloseTo(Math.log(4), 14);
  });
});

describe("copyingProbability()", () => {
  it("is SciPy's Mann-Whitney statistic, ties included", () => {
    const { generated, unseen, probability, error } = FIXTURES.copying;
    const found = copyingProbability(
      Float64Array.from(generated),
      Float64Array.from(unseen),
    );
    expect(found.mean).toBeCloseTo(probability, 12);
    expect(found.standardError).toBeCloseTo(error, 12);
  });

  it("is 1 for copies of what was trained on, 1/2 for what is as far", () => {
    const far = Float64Array.of(2, 3, 4);
    expect(copyingProbability(new Float64Array(5), far).mean).toBe(1);
    expect(copyingProbability(far, far).mean).toBeCloseTo(0.5, 12);
  });
});
