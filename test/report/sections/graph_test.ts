import { expect, test } from "vitest";
import type { StageOutcome } from "../../../core/pipeline/types.ts";
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

test("drawGraph() says what became of each stage", () => {
  const [first, second, third] = [...plan.nodes.keys()];
  const outcome = (
    key: string | undefined,
    status: StageOutcome["status"],
  ): [string, StageOutcome] => {
    const { title, stage } = plan.nodes.get(key!)!;
    const rest = { reason: "new", ms: 41_000 };
    return [key!, { key: key!, name: stage.name, title, status, ...rest }];
  };
  const svg = drawGraph(
    plan,
    new Map([
      outcome(first, "cached"),
      outcome(second, "done"),
      outcome(third, "failed"),
    ]),
  ).text;
  const notes = [...svg.matchAll(/node (\w+)".*?class="note"[^>]*>([^<]*)/g)]
    .map(([, status, note]) => `${status}: ${note}`);
  expect(notes.slice(0, 4)).toEqual([
    "cached: cached",
    "done: 41.0 s",
    "failed: failed",
    "skipped: skipped",
  ]);
});

test("drawGraph() draws the stages of many runs together", () => {
  const [trial] = plan.trials;
  const many = { ...plan, trials: new Array(13).fill(trial) };
  const svg = drawGraph(many, new Map()).text;
  const names = [...svg.matchAll(/class="name"[^>]*>([^<]*)/g)]
    .map(([, name]) => name);
  const stages = [...plan.nodes.values()].map(({ stage }) => stage.name);
  expect(names).toEqual([...new Set(stages)]);
  expect(svg).toContain("× 4</text>");
  expect(svg).toContain(">4 skipped</text>");
});

test("drawGraph() cuts a long name in its middle, where its end tells it from others", () => {
  const nodes = new Map(
    [...plan.nodes].map(([key, node], i) => [key, {
      ...node,
      title: `${node.stage.name} Wide([0.1234,0.1334,0.1434,0.1… #1a2b3c4${i}`,
    }]),
  );
  const svg = drawGraph({ ...plan, nodes }, new Map()).text;
  const details = [...svg.matchAll(/>(Wide[^<]*)<\/text>/g)]
    .map(([, detail]) => detail!);
  expect(details).toHaveLength(nodes.size);
  expect(new Set(details).size).toBe(nodes.size);
  for (const detail of details) expect(detail.length).toBeLessThan(28);
});
