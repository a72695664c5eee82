/**
 * What the boxes of the graph stand for: a stage each, or, where that would be
 * hundreds, all stages of one name.
 *
 * @module
 */

import { NOT_ASKED } from "../../pipeline/selection.ts";
import type { StageStatus } from "../../pipeline/status.ts";
import type { Plan, StageNode, StageOutcome } from "../../pipeline/types.ts";
import { formatDuration, plural } from "../format.ts";

/** One box. */
export interface GraphBox {
  readonly id: string;
  /** `train`. */
  readonly name: string;
  /** `Beta(1,1) D=2`, or how many it stands for. */
  readonly detail: string;
  /** What became of it; the worst, where it stands for several. */
  readonly status: StageStatus;
  /** The same in a word, or the time that it took. */
  readonly note: string;
  /** For who points at it. */
  readonly title: string;
  /** Boxes that it waits for, but for those that another one waits for. */
  readonly inputs: readonly string[];
  /** Where it belongs among the trials, from 0 at the top to 1. */
  readonly row: number;
}

/** Trials of which each is drawn by itself. */
const DRAWN = 12;
/** From the worst on: what is said of several. */
const STATUSES: readonly StageStatus[] = [
  "failed",
  "interrupted",
  "done",
  "skipped",
  "cached",
];
const WORDS = {
  failed: "failed",
  interrupted: "interrupted",
  done: "ran",
  skipped: "skipped",
  cached: "cached",
} as const satisfies Readonly<Record<StageStatus, string>>;

/** The boxes of a plan, in an order in which inputs come first. */
export function boxesOf(
  plan: Plan,
  outcomes: ReadonlyMap<string, StageOutcome>,
): readonly GraphBox[] {
  const nodes = [...plan.nodes.values()];
  if (plan.trials.length <= DRAWN) {
    const rows = meanRows(plan);
    return nodes.map((node) => boxOf(plan, node, { outcomes, rows }));
  }
  const names = [...new Set(nodes.map(({ stage }) => stage.name))];
  return names.map((name) => {
    const its = nodes.filter(({ stage }) => stage.name === name);
    return sharedBox(plan, its, outcomes);
  });
}

/** `2 failed, 3 ran, 13 cached`: how many stages became what. */
export function countStatuses(
  statuses: readonly StageStatus[],
): string {
  return STATUSES.flatMap((status) => {
    const count = statuses.filter((one) => one === status).length;
    return count === 0 ? [] : `${count} ${WORDS[status]}`;
  }).join(", ");
}

interface Drawn {
  readonly outcomes: ReadonlyMap<string, StageOutcome>;
  readonly rows: ReadonlyMap<string, number>;
}

function boxOf(
  plan: Plan,
  node: StageNode,
  { outcomes, rows }: Drawn,
): GraphBox {
  const { key, title, stage } = node;
  const { status = "skipped", reason = NOT_ASKED, ms = 0 } =
    outcomes.get(key) ?? {};
  return {
    id: key,
    name: stage.name,
    detail: title.slice(stage.name.length + 1),
    status,
    note: status === "done" ? formatDuration(ms) : WORDS[status],
    title: `${title}: ${WORDS[status]}, ${reason}`,
    inputs: directInputs(plan, node),
    row: rows.get(key) ?? 0.5,
  };
}

function sharedBox(
  plan: Plan,
  nodes: readonly StageNode[],
  outcomes: ReadonlyMap<string, StageOutcome>,
): GraphBox {
  const { stage } = nodes[0]!;
  const statuses = nodes.map(({ key }) =>
    outcomes.get(key)?.status ?? "skipped"
  );
  const inputs = nodes.flatMap((node) => directInputs(plan, node))
    .map((key) => plan.nodes.get(key)!.stage.name);
  return {
    id: stage.name,
    name: stage.name,
    detail: countStatuses(statuses),
    status: STATUSES.find((status) => statuses.includes(status)) ?? "skipped",
    note: `× ${nodes.length}`,
    title: `${stage.name}, ${plural(nodes.length, "time")}: ${
      countStatuses(statuses)
    }`,
    inputs: [...new Set(inputs)],
    row: 0.5,
  };
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

/** By key: the middle of the trials that share a stage. */
function meanRows(plan: Plan): ReadonlyMap<string, number> {
  const rows = new Map<string, number[]>();
  for (const [index, { nodes }] of plan.trials.entries()) {
    for (const key of nodes) rows.set(key, [...rows.get(key) ?? [], index]);
  }
  return new Map([...rows].map(([key, indices]) => {
    const mean = indices.reduce((sum, index) => sum + index + 0.5, 0) /
      indices.length;
    return [key, mean / plan.trials.length];
  }));
}
