/**
 * Procedurally drawn digits for machines without MNIST and without a network:
 * a pen follows the skeleton of a digit, bent, slanted and turned at random,
 * and the picture is placed as MNIST's are (within 20 by 20 pixels, centred by
 * mass in 28 by 28).
 *
 * They are no substitute for MNIST: figures on them mean nothing beside
 * published ones.
 *
 * @module
 */

import { type Draws, drawsFor } from "./draws.ts";
import { glyphs } from "./glyphs.ts";
import { drawLine, flatten } from "./pen.ts";
import type { Dataset, ImageSet } from "./types.ts";

/** Raised when the pictures change: it is part of every cache key made from them. */
export const SYNTHETIC_VERSION = 1;
/** Training images drawn by default. */
export const SYNTHETIC_TRAIN = 12_000;
/** Test images drawn by default. */
export const SYNTHETIC_TEST = 2_000;

/** Height and width of a picture. */
const SIZE = 28;
/** MNIST's digits fit a box of this side. */
const BOX = 20;

/** Polylines of each form of each digit. */
const skeletons = glyphs.map((forms) => forms.map((form) => form.map(flatten)));

/** Options of {@link syntheticDigits}. */
export interface SyntheticOptions {
  /** Training images; the first ones are the same whatever the number. */
  readonly train?: number;
  /** Test images. */
  readonly test?: number;
}

/**
 * Draws the data set; the same bytes on every machine.
 *
 * @example
 * ```ts
 * const { train } = syntheticDigits({ train: 10, test: 1 });
 * console.log(train.labels);
 * ```
 */
export function syntheticDigits(options: SyntheticOptions = {}): Dataset {
  return {
    name: "synthetic",
    source: `synthetic digits, version ${SYNTHETIC_VERSION} (not MNIST)`,
    synthetic: true,
    height: SIZE,
    width: SIZE,
    train: drawSet(options.train ?? SYNTHETIC_TRAIN, 1),
    test: drawSet(options.test ?? SYNTHETIC_TEST, 2),
  };
}

function drawSet(count: number, seed: number): ImageSet {
  const images = new Uint8Array(count * SIZE * SIZE);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const draws = drawsFor(seed, i);
    const label = draws.below(10);
    labels[i] = label;
    images.set(drawDigit(label, draws), i * SIZE * SIZE);
  }
  return { count, images, labels };
}

function drawDigit(label: number, draws: Draws): Uint8Array {
  const forms = skeletons[label] as readonly Float64Array[][];
  const form = forms[draws.below(forms.length)] as readonly Float64Array[];
  const radius = 0.9 + 0.45 * (draws.uniform(0, 1) + draws.uniform(0, 1));
  const lines = place(form, warp(draws), BOX / 2 - radius);
  const coverage = new Float64Array(SIZE * SIZE);
  for (const line of lines) {
    const nib = {
      start: radius * draws.uniform(0.85, 1.15),
      end: radius * draws.uniform(0.7, 1.1),
      softness: draws.uniform(1, 1.4),
    };
    drawLine({ size: SIZE, coverage }, line, nib);
  }
  const ink = draws.uniform(225, 280);
  const pixels = new Uint8Array(coverage.length);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = Math.min(255, Math.round((coverage[i] as number) * ink));
  }
  return pixels;
}

/** A map of the plane near [-1, 1] squared. */
type Warp = (x: number, y: number) => readonly [number, number];

/** Bends (quadratic and cubic), then stretches, slants and turns. */
function warp(draws: Draws): Warp {
  const bend = Array.from({ length: 10 }, () => 0.07 * draws.bell());
  const [a, b, c, d, e, f, g, h, k, l] = bend as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const stretch = 0.78 + 0.13 * draws.bell();
  const slant = -0.12 + 0.2 * draws.bell();
  // Cosine and sine of a small angle by the tangent of its half.
  const half = 0.055 * draws.bell();
  const cosine = (1 - half * half) / (1 + half * half);
  const sine = 2 * half / (1 + half * half);
  return (x, y) => {
    const bentX = x + a * x * x + b * x * y + c * y * y + d * x * x * x +
      e * y * y * y;
    const bentY = y + f * x * x + g * x * y + h * y * y + k * x * x * x +
      l * y * y * y;
    const slantedX = stretch * bentX + slant * bentY;
    return [cosine * slantedX - sine * bentY, sine * slantedX + cosine * bentY];
  };
}

/** Warps polylines, scales them to `reach` from their middle and centres them by mass. */
function place(
  lines: readonly Float64Array[],
  map: Warp,
  reach: number,
): Float64Array[] {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  const warped = lines.map((line) => {
    const points = new Float64Array(line.length);
    for (let i = 0; i < line.length; i += 2) {
      const [x, y] = map(
        (line[i] as number) / 50 - 1,
        (line[i + 1] as number) / 50 - 1,
      );
      points[i] = x;
      points[i + 1] = y;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    return points;
  });
  const scale = 2 * reach / Math.max(right - left, bottom - top);
  const [massX, massY] = centreOfMass(warped);
  return warped.map((line) =>
    line.map((value, i) =>
      SIZE / 2 + scale * (value - (i % 2 === 0 ? massX : massY))
    )
  );
}

/** Mean of the lines' points, each weighted by the length drawn around it. */
function centreOfMass(lines: readonly Float64Array[]): [number, number] {
  let total = 0;
  let sumX = 0;
  let sumY = 0;
  for (const line of lines) {
    for (let i = 0; i + 3 < line.length; i += 2) {
      const ax = line[i] as number;
      const ay = line[i + 1] as number;
      const bx = line[i + 2] as number;
      const by = line[i + 3] as number;
      const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
      total += length;
      sumX += length * (ax + bx) / 2;
      sumY += length * (ay + by) / 2;
    }
  }
  return [sumX / total, sumY / total];
}
