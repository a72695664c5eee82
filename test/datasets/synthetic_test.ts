import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { glyphs } from "../../datasets/glyphs.ts";
import { syntheticDigits } from "../../datasets/synthetic.ts";
import type { ImageSet } from "../../datasets/types.ts";

const PIXELS = 28 * 28;
const { train, test } = syntheticDigits({ train: 2000, test: 400 });

function image(set: ImageSet, index: number): Uint8Array {
  return set.images.subarray(index * PIXELS, (index + 1) * PIXELS);
}

describe("syntheticDigits()", () => {
  it("says what it is", () => {
    expect(syntheticDigits({ train: 1, test: 1 })).toMatchObject({
      name: "synthetic",
      source: "synthetic digits, version 1 (not MNIST)",
      synthetic: true,
      height: 28,
      width: 28,
    });
  });

  it("draws the same bytes everywhere", () => {
    const digest = createHash("sha256");
    for (const set of [train, test]) {
      digest.update(set.labels).update(set.images);
    }
    // Whoever changes it on purpose raises SYNTHETIC_VERSION.
    expect(digest.digest("hex")).toBe(
      "9cff042c855a051b65bb0c607b77b4538a20458cdb2d03d39f0202d333388cb6",
    );
  });

  it("draws the same first images whatever the number", () => {
    const few = syntheticDigits({ train: 7, test: 5 });
    expect(few.train.images).toEqual(train.images.slice(0, 7 * PIXELS));
    expect(few.test.labels).toEqual(test.labels.slice(0, 5));
  });

  it("draws every digit about equally often, and no picture twice", () => {
    const counts = new Array<number>(10).fill(0);
    for (const label of train.labels) counts[label]!++;
    for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(60);
    const pictures = new Set<string>();
    for (const set of [train, test]) {
      for (let i = 0; i < set.count; i++) {
        pictures.add(Buffer.from(image(set, i)).toString("base64"));
      }
    }
    expect(pictures.size).toBe(2400);
  });

  it("centres digits by mass and leaves the border empty, as MNIST does", () => {
    for (let i = 0; i < test.count; i++) {
      let [mass, x, y] = [0, 0, 0];
      image(test, i).forEach((value, pixel) => {
        mass += value;
        x += value * (pixel % 28 + 0.5);
        y += value * (Math.floor(pixel / 28) + 0.5);
      });
      expect(Math.abs(x / mass - 14)).toBeLessThan(1.5);
      expect(Math.abs(y / mass - 14)).toBeLessThan(1.5);
      const ring = image(test, i).filter((_, pixel) =>
        [0, 27].includes(pixel % 28)
      );
      expect(Math.max(...ring)).toBe(0);
    }
  });

  it("has MNIST's share of ink", () => {
    // MNIST's mean is 33.3.
    const mean = train.images.reduce((sum, value) => sum + value, 0) /
      train.images.length;
    expect(mean).toBeGreaterThan(25);
    expect(mean).toBeLessThan(42);
    expect(Math.max(...image(train, 0))).toBeGreaterThan(200);
  });

  it("draws digits that the nearest neighbour tells apart", () => {
    let right = 0;
    for (let i = 0; i < test.count; i++) {
      if (nearestLabel(image(test, i)) === test.labels[i]) right++;
    }
    expect(right / test.count).toBeGreaterThan(0.93);
  });
});

describe("glyphs", () => {
  it("has several forms of each of ten digits, each of whole points", () => {
    expect(glyphs).toHaveLength(10);
    for (const forms of glyphs) {
      expect(forms.length).toBeGreaterThanOrEqual(3);
      for (const stroke of forms.flat()) {
        expect(stroke.length % 2).toBe(0);
        for (const value of stroke) {
          expect(value >= 0 && value <= 100).toBe(true);
        }
      }
    }
  });
});

function nearestLabel(query: Uint8Array): number {
  let best = Infinity;
  let label = -1;
  for (let i = 0; i < train.count; i++) {
    let distance = 0;
    const start = i * PIXELS;
    for (let pixel = 0; pixel < PIXELS && distance < best; pixel++) {
      const difference = train.images[start + pixel]! - query[pixel]!;
      distance += difference * difference;
    }
    if (distance < best) [best, label] = [distance, train.labels[i]!];
  }
  return label;
}
