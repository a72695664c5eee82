/**
 * The plan's graph as SVG: stages in columns by what they wait for, with what
 * became of them.
 *
 * @module
 */

import type { Plan, StageOutcome } from "../../pipeline/types.ts";
import { dodge } from "../chart_layout.ts";
import { cutName, plural } from "../format.ts";
import { lettersOf } from "../letters.ts";
import { type Markup, markup } from "../markup.ts";
import { boxesOf, type GraphBox } from "./graph_boxes.ts";

const BOX = { width: 184, height: 44 };
const STEP = { x: 220, y: 54 };
const PAD = 4;
const INSET = 10;
/** Characters of a detail that fit a box. */
const LONGEST = 26;
/** What is cut has wide letters. */
const CUT = 24;

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Draws the graph of a plan: a box for each stage, or for all stages of one
 * name where there are many trials.
 */
export function drawGraph(
  plan: Plan,
  outcomes: ReadonlyMap<string, StageOutcome>,
): Markup {
  const boxes = boxesOf(plan, outcomes);
  const places = placeBoxes(boxes);
  const points = [...places.values()];
  const width = Math.max(0, ...points.map(({ x }) => x)) + BOX.width + PAD;
  const height = Math.max(0, ...points.map(({ y }) => y)) + BOX.height + PAD;
  const edges = boxes.flatMap(({ id, inputs }) =>
    inputs.map((input) => edge(places.get(input)!, places.get(id)!))
  );
  return markup`<svg class="graph" role="img" aria-labelledby="graph-title" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><title id="graph-title">${
    plural(plan.nodes.size, "stage")
  }: ${boxes.map(({ title }) => title).join("; ")}</title>${edges}${
    boxes.map((box) => drawBox(box, places.get(box.id)!))
  }</svg>`;
}

/** Columns by the longest way from the start; rows by the trials that share a stage. */
function placeBoxes(boxes: readonly GraphBox[]): ReadonlyMap<string, Point> {
  const columns: GraphBox[][] = [];
  const depths = new Map<string, number>();
  for (const box of boxes) {
    const before = box.inputs.map((input) => depths.get(input) ?? -1);
    const depth = Math.max(-1, ...before) + 1;
    depths.set(box.id, depth);
    (columns[depth] ??= []).push(box);
  }
  const places = new Map<string, Point>();
  const tallest = Math.max(1, ...columns.map(({ length }) => length));
  columns.forEach((column, depth) => {
    const rows = column.map(({ row }) => row * tallest);
    const spread = spreadEqual(rows).map((row) => (row - 0.5) * STEP.y);
    const to = (tallest - 1) * STEP.y;
    const apart = dodge(spread, { apart: STEP.y, from: 0, to });
    column.forEach(({ id }, index) => {
      const y = Math.max(0, apart[index] ?? 0);
      places.set(id, { x: PAD + depth * STEP.x, y: PAD + y });
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

function edge(start: Point, end: Point): Markup {
  const x = start.x + BOX.width;
  const y = start.y + BOX.height / 2;
  const endY = end.y + BOX.height / 2;
  const middle = (x + end.x) / 2;
  return markup`<path class="edge" d="M${x} ${y}C${middle} ${y} ${middle} ${endY} ${end.x} ${endY}"/>`;
}

function drawBox(
  { detail, name, note, status, title }: GraphBox,
  { x, y }: Point,
): Markup {
  const short = lettersOf(detail) > LONGEST ? cutName(detail, CUT) : detail;
  const [first, second] = detail === "" ? [27, 27] : [18, 35];
  return markup`<g class="node ${status}" transform="translate(${x} ${y})"><title>${title}</title><rect width="${BOX.width}" height="${BOX.height}" rx="6"/><text class="name" x="${INSET}" y="${first}">${name}</text><text class="note" x="${
    BOX.width - INSET
  }" y="${first}">${note}</text>${
    detail === ""
      ? null
      : markup`<text x="${INSET}" y="${second}">${short}</text>`
  }</g>`;
}
