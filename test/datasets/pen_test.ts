import { describe, expect, it } from "vitest";
import { drawLine, flatten } from "../../datasets/pen.ts";

function points(line: Float64Array): [number, number][] {
  return Array.from(
    { length: line.length / 2 },
    (_, i) => [line[2 * i]!, line[2 * i + 1]!],
  );
}

describe("flatten()", () => {
  it("passes through every control point", () => {
    const line = points(flatten([0, 0, 30, 60, 90, 10, 100, 100]));
    for (const point of [[0, 0], [30, 60], [90, 10], [100, 100]]) {
      expect(line).toContainEqual(point);
    }
  });

  it("goes straight between points on a line", () => {
    for (const [x, y] of points(flatten([0, 0, 10, 20, 20, 40]))) {
      expect(y).toBeCloseTo(2 * x, 12);
    }
  });

  it("turns sharply at a point given twice", () => {
    const line = points(flatten([0, 0, 50, 0, 50, 0, 50, 50]));
    // Neither leg leaves its side of the corner.
    for (const [x, y] of line) expect(Math.min(50 - x, y)).toBeCloseTo(0, 12);
  });

  it("closes a stroke that ends where it starts without a kink", () => {
    const line = points(flatten([50, 0, 100, 50, 50, 100, 0, 50, 50, 0]));
    const [second, last] = [line[1]!, line.at(-2)!];
    expect(second[0] - 50).toBeCloseTo(50 - last[0], 12);
    expect(second[1]).toBeCloseTo(last[1], 12);
  });
});

describe("drawLine()", () => {
  it("covers pixels by their distance to the line", () => {
    const canvas = { size: 9, coverage: new Float64Array(81) };
    drawLine(canvas, Float64Array.of(2, 4.5, 7, 4.5), {
      start: 1,
      end: 1,
      softness: 1,
    });
    const column = Array.from(
      { length: 9 },
      (_, row) => canvas.coverage[9 * row + 4],
    );
    expect(column).toEqual([0, 0, 0, 0.5, 1, 0.5, 0, 0, 0]);
    expect(canvas.coverage[9 * 4]).toBe(0);
  });

  it("draws a point as a disc, and nothing outside the picture", () => {
    const canvas = { size: 4, coverage: new Float64Array(16) };
    drawLine(canvas, Float64Array.of(-1, 2, -1, 2), {
      start: 1,
      end: 1,
      softness: 1,
    });
    expect(Array.from(canvas.coverage)).toEqual(new Array(16).fill(0));
    drawLine(canvas, Float64Array.of(2, 2, 2, 2), {
      start: 1,
      end: 1,
      softness: 1,
    });
    expect(canvas.coverage[5]).toBeCloseTo(1.5 - Math.SQRT1_2, 12);
  });
});
