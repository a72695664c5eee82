import type { PNG } from "pngjs";
import { expect, test } from "vitest";
import { SEPARATOR } from "../../core/picture/image_grid.ts";
import { gridPng } from "../../core/picture/mod.ts";
import { fakeImages } from "./fake_images.ts";
import { readPng } from "./read_png.ts";

/** Grey level at a place of a PNG. */
function at(png: PNG, x: number, y: number): number {
  return png.data[(y * png.width + x) * 4]!;
}

test("gridPng() puts every pixel in its cell, enlarged, with lines between", () => {
  const batch = {
    count: 3,
    height: 1,
    width: 2,
    pixels: Float32Array.of(0, 1, 0.2, 0.4, 0.6, 0.8),
  };
  const png = readPng(gridPng(batch, { columns: 2, scale: 3 }));
  expect([png.width, png.height]).toEqual([2 * 7 + 1, 2 * 4 + 1]);
  // First image: black, then white, three pixels each.
  expect([0, 1, 3, 4, 6, 7].map((x) => at(png, x, 1))).toEqual(
    [SEPARATOR, 0, 0, 255, 255, SEPARATOR],
  );
  expect([8, 11].map((x) => at(png, x, 2))).toEqual([51, 102]);
  expect([1, 4].map((x) => at(png, x, 5))).toEqual([153, 204]);
  // No fourth image.
  expect(at(png, 9, 6)).toBe(SEPARATOR);
});

test("gridPng() is as square as it can be by default", () => {
  const png = readPng(gridPng(fakeImages(10, { size: 4 })));
  expect([png.width, png.height]).toEqual([4 * 9 + 1, 3 * 9 + 1]);
});

test("gridPng() clips what is not in [0, 1] and draws NaN black", () => {
  const batch = {
    count: 1,
    height: 1,
    width: 3,
    pixels: Float32Array.of(-1, 7, NaN),
  };
  const png = readPng(gridPng(batch, { scale: 1 }));
  expect([1, 2, 3].map((x) => at(png, x, 1))).toEqual([0, 255, 0]);
});

test("gridPng() gives the same bytes for the same images", () => {
  const first = gridPng(fakeImages(9, { seed: 5 }));
  expect(gridPng(fakeImages(9, { seed: 5 }))).toEqual(first);
  expect(gridPng(fakeImages(9, { seed: 6 }))).not.toEqual(first);
});

test("gridPng() refuses what does not fit", () => {
  const batch = fakeImages(2, { size: 4 });
  expect(() => gridPng({ ...batch, count: 3 })).toThrow(
    "found 32 pixels, want 48 for 3 images of 4 x 4",
  );
  expect(() => gridPng({ ...batch, count: 0, pixels: new Float32Array() }))
    .toThrow("found 0 images");
  expect(() => gridPng(batch, { scale: 1.5 })).toThrow("scale 1.5");
  expect(() => gridPng(batch, { columns: 0 })).toThrow("columns 0");
});
