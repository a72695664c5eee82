import { expect, test } from "vitest";
import { drawGraph } from "../../../core/report/sections/graph.ts";
import { fakeResult } from "../fake_result.ts";

const { plan } = fakeResult({ outputDirectory: "/outputs" }).result;

/** Places of the boxes, by the stage's title. */
function boxes(svg: string): ReadonlyMap<string, readonly [number, number]> {
  const found = svg.matchAll(
    /translate\(([\d.]+) ([\d.]+)\)"><title>([^:]*):/g,
  );
  return new Map([...found].map(([, x, y, title]) => [
    title!,
    [Number(x), Number(y)],
  ]));
}

test("drawGraph() draws each stage once, right of what it waits for", () => {
  const places = boxes(drawGraph(plan, new Map()).text);
  expect(places.size).toBe(plan.nodes.size);
  const x = (title: string) => places.get(title)![0];
  expect(x("load_mnist")).toBeLessThan(x("train Beta(1,1)"));
  expect(x("train Beta(1,1)")).toBeLessThan(x("sample Beta(1,1)"));
  expect(x("sample Beta(1,1)")).toBe(x("evaluate Beta(1,1)"));
});

test("drawGraph() lets no boxes overlap", () => {
  const places = [...boxes(drawGraph(plan, new Map()).text).values()];
  for (const [index, [x, y]] of places.entries()) {
    for (const [otherX, otherY] of places.slice(index + 1)) {
      expect(x !== otherX || Math.abs(y - otherY) >= 40).toBe(true);
    }
  }
});

test("drawGraph() draws no line that another way implies", () => {
  const svg = drawGraph(plan, new Map()).text;
  // Four trainings, four times sample and evaluate: none from the data on.
  expect(svg.match(/class="edge"/g)).toHaveLength(12);
});
