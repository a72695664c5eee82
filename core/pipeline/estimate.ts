/**
 * How long a plan would take, by what its stages took before.
 *
 * @module
 */

import type { Finding } from "./survey.ts";
import type { Plan, StageNode } from "./types.ts";

/** How long it would take, in milliseconds. */
export interface Estimate {
  /** Of all stages that would run, one after the other. */
  readonly work: number;
  /** From start to end, with so many side by side. */
  readonly wall: number;
  /** Stages that would run and of which nothing is known; counted as nothing. */
  readonly unknown: number;
}

/**
 * Plays a plan through: each stage starts, in the order of the plan, when its
 * needs are there and one of `workers` is free.
 */
export function estimateTime(
  plan: Plan,
  findings: ReadonlyMap<string, Finding>,
  workers: number,
): Estimate {
  const free = new Array<number>(workers).fill(0);
  const ends = new Map<string, number>();
  const waiting: StageNode[] = [];
  let [work, unknown] = [0, 0];
  for (const [key, node] of plan.nodes) {
    if (findings.get(key)?.status === "run") waiting.push(node);
    else ends.set(key, 0);
  }
  while (waiting.length > 0) {
    const worker = free.indexOf(Math.min(...free));
    const startOf = (node: StageNode) =>
      Math.max(
        free[worker]!,
        ...Object.values(node.inputs).map((key) => ends.get(key) ?? Infinity),
      );
    let next = 0;
    for (let i = 1; i < waiting.length; i++) {
      if (startOf(waiting[i]!) < startOf(waiting[next]!)) next = i;
    }
    const [node] = waiting.splice(next, 1);
    const finding = findings.get(node!.key);
    const ms = finding?.status === "run" ? finding.lastMs ?? null : null;
    if (ms === null) unknown++;
    const end = startOf(node!) + (ms ?? 0);
    free[worker] = end;
    ends.set(node!.key, end);
    work += ms ?? 0;
  }
  return { work, wall: Math.max(0, ...ends.values()), unknown };
}
