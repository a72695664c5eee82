/**
 * The plan's graph as SVG: stages in columns by what they wait for.
 *
 * @module
 */

import type { Plan, StageNode, StageOutcome } from "../../pipeline/types.ts";
import { dodge } from "../chart_layout.ts";
import { type Markup, markup } from "../markup.ts";

const BOX = { width: 168, height: 40 };
const STEP = { x: 208, y: 54 };
const PAD = 4;
const LONGEST = 24;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Draws the graph of a plan, boxes by what became of the stages. */
export function drawGraph(
  plan: Plan,
  outcomes: ReadonlyMap<string, StageOutcome>,
): Markup {
  const places = placeNodes(plan);
  const points = [...places.values()];
  const width = Math.max(0, ...points.map(({ x }) => x)) + BOX.width + PAD;
  const height = Math.max(0, ...points.map(({ y }) => y)) + BOX.height + PAD;
  const nodes = [...plan.nodes.values()];
  const edges = nodes.flatMap((node) =>
    directInputs(plan, node).map((input) => edge(places, input, node.key))
  );
  const boxes = nodes.map((node) => box(node, places, outcomes.get(node.key)));
  return markup`<svg class="graph" role="img" aria-labelledby="graph-title" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><title id="graph-title">${nodes.length} stages: ${
    nodes.map(({ title }) => title).join(", ")
  }</title>${edges}${boxes}</svg>`;
}

/** Columns by the longest way from the start; rows by the runs that share a stage. */
function placeNodes(plan: Plan): ReadonlyMap<string, Point> {
  const columns: StageNode[][] = [];
  const depths = new Map<string, number>();
  for (const [key, node] of plan.nodes) {
    const before = Object.values(node.inputs).map((input) =>
      depths.get(input) ?? -1
    );
    const depth = Math.max(-1, ...before) + 1;
    depths.set(key, depth);
    (columns[depth] ??= []).push(node);
  }
  const places = new Map<string, Point>();
  const tallest = Math.max(1, ...columns.map(({ length }) => length));
  columns.forEach((column, depth) => {
    const rows = column.map(({ key }) => meanRow(plan, key) * tallest);
    const spread = spreadEqual(rows).map((row) => (row - 0.5) * STEP.y);
    const to = (tallest - 1) * STEP.y;
    const apart = dodge(spread, { apart: STEP.y, from: 0, to });
    column.forEach(({ key }, index) => {
      const y = Math.max(0, apart[index] ?? 0);
      places.set(key, { x: PAD + depth * STEP.x, y: PAD + y });
    });
  });
  return places;
}

/** Puts what would stand in one place around it. */
function spreadEqual(rows: readonly number[]): readonly number[] {
  return rows.map((row, index) => {
    const equal = rows.filter((other) => other === row).length;
    const before = rows.slice(0, index).filter((other) => other === row).length;
    return row + before - (equal - 1) / 2;
  });
}

/** Inputs that no other input waits for: the rest would only be clutter. */
function directInputs(plan: Plan, node: StageNode): readonly string[] {
  const inputs = [...new Set(Object.values(node.inputs))];
  const implied = new Set<string>();
  const follow = (key: string): void => {
    for (const input of Object.values(plan.nodes.get(key)?.inputs ?? {})) {
      if (implied.has(input)) continue;
      implied.add(input);
      follow(input);
    }
  };
  inputs.forEach(follow);
  return inputs.filter((input) => !implied.has(input));
}

/** Middle of the runs that share a stage, from 0 at the top to 1. */
function meanRow(plan: Plan, key: string): number {
  const rows = plan.runs.flatMap((run, index) =>
    run.nodes.includes(key) ? [index + 0.5] : []
  );
  if (rows.length === 0) return 0.5;
  const mean = rows.reduce((sum, row) => sum + row, 0) / rows.length;
  return mean / plan.runs.length;
}

function edge(
  places: ReadonlyMap<string, Point>,
  from: string,
  to: string,
): Markup | null {
  const start = places.get(from);
  const end = places.get(to);
  if (start === undefined || end === undefined) return null;
  const x = start.x + BOX.width;
  const y = start.y + BOX.height / 2;
  const endY = end.y + BOX.height / 2;
  const middle = (x + end.x) / 2;
  return markup`<path class="edge" d="M${x} ${y}C${middle} ${y} ${middle} ${endY} ${end.x} ${endY}"/>`;
}

function box(
  node: StageNode,
  places: ReadonlyMap<string, Point>,
  outcome: StageOutcome | undefined,
): Markup | null {
  const place = places.get(node.key);
  if (place === undefined) return null;
  const status = outcome?.status ?? "skipped";
  const title = node.title.length > LONGEST
    ? `${node.title.slice(0, LONGEST - 1)}…`
    : node.title;
  return markup`<g class="node ${status}" transform="translate(${place.x} ${place.y})"><title>${node.title}: ${status}, ${
    outcome?.reason ?? "not asked for"
  }</title><rect width="${BOX.width}" height="${BOX.height}" rx="6"/><text x="${
    BOX.width / 2
  }" y="25">${title}</text></g>`;
}
