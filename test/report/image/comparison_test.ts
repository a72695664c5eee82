import { PNG } from "pngjs";
import { expect, test } from "vitest";
import {
  type ComparisonOptions,
  comparisonPng,
} from "../../../core/report/image/mod.ts";
import { fakeImages } from "../../picture/fake_images.ts";

// Drawing loads libraries that take long on a busy machine.
const OPTIONS = { title: "Draws from the prior" };
const columns = ["Gaussian(0,1)", "Beta(1,1)"].map((label, index) => ({
  label,
  generated: fakeImages(64, { seed: index }),
  figures: {},
  conditions: {},
}));

/** How many pixels have this colour. */
function count(png: PNG, color: readonly [number, number, number]): number {
  let found = 0;
  for (let place = 0; place < png.data.length; place += 4) {
    if (color.every((value, band) => png.data[place + band] === value)) found++;
  }
  return found;
}

test("comparisonPng() sets all grids side by side, pixel for pixel", async () => {
  const png = PNG.sync.read(await comparisonPng(columns, OPTIONS));
  const grid = 8 * 57 + 1;
  expect(png.width).toBe(2 * 32 + 2 * grid + 36);
  // Each image's pixels are there: find the brightness of both grids.
  const first = fakeImages(64, { seed: 0 }).pixels;
  const top = 32 + 40 + 44;
  for (const [x, y] of [[5, 9], [13, 14], [20, 22]] as const) {
    const level = Math.round(Math.min(first[y * 28 + x]!, 1) * 255);
    const place = (top + 1 + 2 * y) * png.width + 32 + 1 + 2 * x;
    expect(png.data[place * 4]).toBe(level);
  }
});

test("comparisonPng() writes names and numbers", async () => {
  const named = PNG.sync.read(await comparisonPng(columns, OPTIONS));
  const unnamed = columns.map((column) => ({ ...column, label: "" }));
  const bare = PNG.sync.read(await comparisonPng(unnamed, OPTIONS));
  const ink = [27, 29, 33] as const;
  expect(count(named, ink)).toBeGreaterThan(count(bare, ink) + 500);
});

test("comparisonPng() shows banners in red across the picture", async () => {
  const red = [179, 38, 30] as const;
  const plain = PNG.sync.read(await comparisonPng(columns, OPTIONS));
  const banners = ["SYNTHETIC DIGITS"];
  const loud = PNG.sync.read(
    await comparisonPng(columns, { ...OPTIONS, banners }),
  );
  expect(count(plain, red)).toBe(0);
  expect(count(loud, red)).toBeGreaterThan(plain.width * 30);
});

test("comparisonPng() begins a new row of grids after four", async () => {
  const many = Array.from({ length: 5 }, () => columns[0]!);
  const four = PNG.sync.read(await comparisonPng(many.slice(1), OPTIONS));
  const five = PNG.sync.read(await comparisonPng(many, OPTIONS));
  expect(five.width).toBe(four.width);
  expect(five.height).toBeGreaterThan(four.height + 500);
});

test("comparisonPng() leaves room for a run without samples, and odd labels", async () => {
  const label = `<"&'> \u0000 ${"long ".repeat(40)}`;
  const missing = [
    { label, generated: null, figures: {}, conditions: {} },
    ...columns,
  ];
  const png = PNG.sync.read(await comparisonPng(missing, OPTIONS));
  expect(png.width).toBe(2 * 32 + 3 * 457 + 2 * 36);
});

test("comparisonPng() of one run cuts neither title nor banner nor name", async () => {
  const [one] = columns;
  const size = async (options: Partial<ComparisonOptions>, label = "x") => {
    const given = { ...one!, label, generated: null };
    const png = await comparisonPng([given], { ...OPTIONS, ...options });
    const { width, height } = PNG.sync.read(png);
    return { width, height };
  };
  const plain = await size({});
  const words = (count: number) => "words ".repeat(count).trim();
  for (
    const taller of [
      await size({ title: words(20) }),
      await size({}, words(20)),
    ]
  ) {
    expect(taller.width).toBe(plain.width);
    expect(taller.height).toBeGreaterThan(plain.height + 20);
  }
  const [short, long] = await Promise.all(
    [1, 20].map((count) => size({ banners: [words(count)] })),
  );
  expect(long!.height).toBeGreaterThan(short!.height + 20);
});

test("comparisonPng() gives the same bytes for the same runs", async () => {
  const first = await comparisonPng(columns, OPTIONS);
  expect(first.equals(await comparisonPng(columns, OPTIONS))).toBe(true);
});
