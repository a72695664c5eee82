import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import {
  type ChartLine,
  epochChart,
} from "../../../core/report/charts/epochs.ts";

// Drawing loads libraries that take long on a busy machine.
const OPTIONS = { id: "loss", title: "Loss <1>", description: "Falls & falls" };

function line(label: string, values: readonly number[]): ChartLine {
  return {
    label,
    color: "var(--series-1)",
    symbol: "circle",
    points: values.map((value, index) => ({ epoch: index + 1, value })),
    validation: [],
  };
}

/** The little of an element that these tests look at. */
interface Seen {
  readonly textContent: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Seen | null;
  querySelectorAll(selector: string): Iterable<Seen>;
}

function parse(svg: string): Seen {
  const { document } = parseHTML(`<html><body>${svg}</body></html>`);
  return (document as unknown as Seen).querySelector("svg")!;
}

test("epochChart() draws a line through all points, in the page's colours", async () => {
  const svg = parse(await epochChart([line("A", [3, 2, 1])], OPTIONS));
  const path = svg.querySelector('[data-mark="line"] path')!;
  expect(path.getAttribute("d")!.match(/[ML]/g)).toHaveLength(3);
  expect(svg.querySelector('[stroke="var(--series-1)"]')).not.toBeNull();
  expect(svg.getAttribute("fill")).toBe("currentColor");
});

test("epochChart() says what it shows, with units", async () => {
  const svg = parse(await epochChart([line("A<b>", [3, 2])], OPTIONS));
  expect(svg.getAttribute("role")).toBe("img");
  const title = svg.querySelector(`#${svg.getAttribute("aria-labelledby")}`);
  const text = svg.querySelector(`#${svg.getAttribute("aria-describedby")}`);
  expect(title?.textContent).toBe("Loss <1>");
  expect(text?.textContent).toBe("Falls & falls");
  expect(svg.textContent).toContain("Nats an image");
  expect(svg.textContent).toContain("Epoch");
  expect(svg.textContent).toContain("A<b>");
});

test("epochChart() keeps labels of lines that end together apart", async () => {
  const lines = ["one", "two", "three"].map((name, index) =>
    line(name, [200, 100 + index / 100])
  );
  const svg = parse(await epochChart(lines, OPTIONS));
  const heights = [...svg.querySelectorAll('[data-mark="text"] text')].map(
    (text) => Number(/,([\d.]+)\)/.exec(text.getAttribute("transform")!)![1]),
  ).sort((a, b) => a - b);
  expect(heights).toHaveLength(3);
  expect(heights[1]! - heights[0]!).toBeGreaterThan(14);
  expect(heights[2]! - heights[1]!).toBeGreaterThan(14);
});

test("epochChart() leaves out values that are not finite", async () => {
  const svg = await epochChart([line("A", [3, NaN, Infinity, 1])], OPTIONS);
  expect(svg).not.toMatch(/NaN|Infinity/);
});

test("epochChart() gives the same text for the same lines", async () => {
  const lines = [line("A", [3, 2, 1])];
  expect(await epochChart(lines, OPTIONS)).toBe(
    await epochChart(lines, OPTIONS),
  );
});
