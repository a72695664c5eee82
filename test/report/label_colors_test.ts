import { describe, expect, test } from "vitest";
import {
  LABEL_COLORS,
  labelColor,
  labelVariables,
} from "../../core/report/label_colors.ts";

/** Cards, as the style sheet has them. */
const CARDS = { light: "#f6f7f9", dark: "#1d2025" } as const;

/** Linear red, green and blue of `#rrggbb`. */
function linear(color: string): readonly number[] {
  return [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

/** Contrast of WCAG 2. */
function contrast(one: string, other: string): number {
  const [dark, bright] = [one, other].map((color) => {
    const [red, green, blue] = linear(color);
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  }).sort((a, b) => a - b);
  return (bright! + 0.05) / (dark! + 0.05);
}

describe.each(["light", "dark"] as const)("labelVariables() of %s", (theme) => {
  const text = labelVariables(theme);
  const found = [...text.matchAll(/--label-(\d+): (#[0-9a-f]{6});/g)];
  const colors = found.map(([, , color]) => color!);

  test("has as many colours as classes, each another", () => {
    expect(found.map(([, place]) => Number(place)))
      .toEqual(Array.from({ length: LABEL_COLORS }, (_, i) => i));
    expect(new Set(colors).size).toBe(LABEL_COLORS);
  });

  test("all of them stand out from a card", () => {
    for (const color of colors) {
      expect([color, contrast(color, CARDS[theme])])
        .toEqual([color, expect.toSatisfy((ratio: number) => ratio >= 3)]);
    }
  });

  test("they are apart, the first ones most", () => {
    const nearest = (count: number) =>
      Math.min(
        ...colors.slice(0, count).flatMap((one, i) =>
          colors.slice(i + 1, count).map((other) =>
            // Cube roots: about as bright as they look.
            Math.hypot(
              ...linear(one).map((value, band) =>
                Math.cbrt(value) - Math.cbrt(linear(other)[band]!)
              ),
            )
          )
        ),
      );
    expect(nearest(26)).toBeGreaterThan(0.1);
    expect(nearest(47)).toBeGreaterThan(0.06);
  });
});

test("labelColor() begins again where there are no more", () => {
  expect(labelColor(46)).toBe("var(--label-46)");
  expect(labelColor(LABEL_COLORS)).toBe("var(--label-0)");
});
