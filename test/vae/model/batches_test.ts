import { describe, expect, it } from "vitest";
import { batchReader, shuffledOrder } from "../../../core/vae/model/batches.ts";

describe("shuffledOrder", () => {
  it("is a permutation, the same for the same seed and epoch", () => {
    const order = shuffledOrder(1000, { seed: 7, epoch: 3 });
    expect([...order].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 1000 }, (_, i) => i),
    );
    expect(shuffledOrder(1000, { seed: 7, epoch: 3 })).toEqual(order);
    expect(shuffledOrder(1000, { seed: 7, epoch: 4 })).not.toEqual(order);
    expect(shuffledOrder(1000, { seed: 8, epoch: 3 })).not.toEqual(order);
  });

  it("gives every place the same chance", () => {
    // First image's place over 4,000 epochs of 8 images: 7 degrees of freedom, p = 1e-4 at 29.9.
    const places = new Array<number>(8).fill(0);
    for (let epoch = 0; epoch < 4000; epoch++) {
      places[shuffledOrder(8, { seed: 1, epoch }).indexOf(0)]!++;
    }
    const chiSquare = places.reduce((sum, n) => sum + (n - 500) ** 2 / 500, 0);
    expect(chiSquare).toBeLessThan(29.9);
  });
});

describe("batchReader()", () => {
  it("copies rows in the order asked for", () => {
    const images = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const read = batchReader(images, { size: 2, rows: 3 });
    const batch = read([2, 0, 2]);
    expect([...batch]).toEqual([5, 6, 1, 2, 5, 6]);
    batch[0] = 9;
    expect(images[4]).toBe(5);
  });
});
