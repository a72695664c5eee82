import { expect, test } from "vitest";
import {
  hasManyLabels,
  scatterChart,
} from "../../../core/report/charts/scatter.ts";

const TEXT = {
  id: "means",
  title: "Means",
  description: "By label",
  directions: ["z₁", "z₂"],
} as const;

/** Five points of each of so many classes. */
function scatter(classes: number) {
  const labels = Uint8Array.from(
    { length: 5 * classes },
    (_, i) => i % classes,
  );
  return {
    labels,
    points: Float32Array.from([...labels].flatMap((label) => [label, label])),
  };
}

test("scatterChart() of few classes has a dot for each point", async () => {
  const svg = await scatterChart(scatter(10), TEXT);
  expect(svg.match(/<circle /g)).toHaveLength(50);
  expect(svg.match(/>9<\/text>/g)).toHaveLength(1);
  expect(hasManyLabels(scatter(10))).toBe(false);
});

test.each([26, 47])(
  "scatterChart() of %i classes has each point's label, in a colour of its own",
  async (classes) => {
    const given = scatter(classes);
    const svg = await scatterChart(given, TEXT);
    expect(svg).not.toContain("<circle ");
    // Five points and, once more, the median.
    expect(svg.match(/>11<\/text>/g)).toHaveLength(6);
    const colors = new Set(svg.match(/var\(--label-\d+\)/g));
    expect(colors.size).toBe(classes);
    expect(hasManyLabels(given)).toBe(true);
  },
);
