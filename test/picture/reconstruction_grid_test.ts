import { expect, test } from "vitest";
import { reconstructionPng } from "../../core/picture/mod.ts";
import { fakeImages } from "./fake_images.ts";
import { readPng } from "./read_png.ts";

test("reconstructionPng() puts each reconstruction below its original", () => {
  const originals = {
    count: 3,
    height: 1,
    width: 1,
    pixels: Float32Array.of(0, 0.2, 0.4),
  };
  const reconstructions = {
    ...originals,
    pixels: Float32Array.of(1, 0.8, 0.6),
  };
  const png = readPng(
    reconstructionPng(originals, reconstructions, {
      columns: 2,
      scale: 1,
      gap: 4,
    }),
  );
  expect([png.width, png.height]).toEqual([5, 5 + 4 + 5]);
  const at = (x: number, y: number) => png.data[(y * png.width + x) * 4];
  expect([at(1, 1), at(3, 1)]).toEqual([0, 51]);
  expect([at(1, 3), at(3, 3)]).toEqual([255, 204]);
  expect([at(1, 10), at(1, 12)]).toEqual([102, 153]);
});

test("reconstructionPng() fills its rows evenly", () => {
  const images = fakeImages(16, { size: 4 });
  const png = readPng(reconstructionPng(images, images, { scale: 1 }));
  expect(png.width).toBe(8 * 5 + 1);
});

test("reconstructionPng() refuses batches that differ", () => {
  const originals = fakeImages(2, { size: 4 });
  expect(() => reconstructionPng(originals, fakeImages(2, { size: 5 })))
    .toThrow("found 2 images of 5 x 5, want 2 images of 4 x 4");
  expect(() => reconstructionPng(originals, fakeImages(3, { size: 4 })))
    .toThrow("found 3 images of 4 x 4, want 2 images of 4 x 4");
});
