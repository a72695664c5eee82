/**
 * A round pen: splines to fine polylines, polylines to anti-aliased pixels.
 *
 * Only additions, products, quotients and square roots: pictures are the same
 * to the last bit on every machine.
 *
 * @module
 */

import type { Stroke } from "./glyphs.ts";

/** Points a spline is cut into between two control points. */
const STEPS = 6;

/** The polyline through the control points of a stroke, x and y by turns. */
export function flatten(stroke: Stroke): Float64Array {
  const last = stroke.length / 2 - 1;
  const closed = at(stroke, 0) === at(stroke, 2 * last) &&
    at(stroke, 1) === at(stroke, 2 * last + 1);
  const line = [at(stroke, 0), at(stroke, 1)];
  for (let i = 0; i < last; i++) {
    // Between the two points of a corner a spline would make a small loop.
    if (isCorner(stroke, i)) continue;
    const before = i > 0 ? i - 1 : closed ? last - 1 : 0;
    const after = i + 2 <= last ? i + 2 : closed ? 1 : last;
    for (let step = 1; step <= STEPS; step++) {
      for (const axis of [0, 1]) {
        line.push(catmullRom(
          at(stroke, 2 * before + axis),
          at(stroke, 2 * i + axis),
          at(stroke, 2 * i + 2 + axis),
          at(stroke, 2 * after + axis),
          step / STEPS,
        ));
      }
    }
  }
  return Float64Array.from(line);
}

/** Whether point `i` is given twice in a row. */
function isCorner(stroke: Stroke, i: number): boolean {
  return at(stroke, 2 * i) === at(stroke, 2 * i + 2) &&
    at(stroke, 2 * i + 1) === at(stroke, 2 * i + 3);
}

/** A square picture to draw on. */
export interface Canvas {
  /** Side in pixels. */
  readonly size: number;
  /** Coverage in [0, 1], row by row. */
  readonly coverage: Float64Array;
}

/** How a line is drawn. */
export interface Nib {
  /** Half the width at the start and at the end, in pixels. */
  readonly start: number;
  readonly end: number;
  /** Width of the soft edge, in pixels. */
  readonly softness: number;
}

/** Draws a polyline; pixel centres are at half-integer coordinates. */
export function drawLine(canvas: Canvas, line: Float64Array, nib: Nib): void {
  const segments = line.length / 2 - 1;
  for (let i = 0; i < segments; i++) {
    const radius = nib.start + (nib.end - nib.start) * i / segments;
    drawSegment(canvas, line, 2 * i, radius, nib.softness);
  }
}

function drawSegment(
  canvas: Canvas,
  line: Float64Array,
  i: number,
  radius: number,
  softness: number,
): void {
  const { size, coverage } = canvas;
  const ax = at(line, i);
  const ay = at(line, i + 1);
  const dx = at(line, i + 2) - ax;
  const dy = at(line, i + 3) - ay;
  const square = dx * dx + dy * dy;
  const reach = radius + softness / 2;
  const left = Math.max(0, Math.floor(Math.min(ax, ax + dx) - reach));
  const right = Math.min(size, Math.ceil(Math.max(ax, ax + dx) + reach));
  const top = Math.max(0, Math.floor(Math.min(ay, ay + dy) - reach));
  const bottom = Math.min(size, Math.ceil(Math.max(ay, ay + dy) + reach));
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const px = column + 0.5 - ax;
      const py = row + 0.5 - ay;
      const along = square > 0
        ? Math.min(1, Math.max(0, (px * dx + py * dy) / square))
        : 0;
      const ex = px - along * dx;
      const ey = py - along * dy;
      const covered = Math.min(
        1,
        (reach - Math.sqrt(ex * ex + ey * ey)) / softness,
      );
      const index = row * size + column;
      if (covered > at(coverage, index)) coverage[index] = covered;
    }
  }
}

function catmullRom(
  a: number,
  b: number,
  c: number,
  d: number,
  t: number,
): number {
  const linear = c - a;
  const square = 2 * a - 5 * b + 4 * c - d;
  const cube = 3 * (b - c) + d - a;
  return b + 0.5 * t * (linear + t * (square + t * cube));
}

/** An element that is known to be there. */
function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}
