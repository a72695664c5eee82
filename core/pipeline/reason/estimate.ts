/**
 * How long a plan would take, where its stages take so long.
 *
 * @module
 */

import type { Plan, StageNode } from "../types.ts";

/** How long it would take, in milliseconds. */
export interface Estimate {
  /** Of all stages that would run, one after the other. */
  readonly work: number;
  /** From start to end, with so many side by side. */
  readonly wall: number;
  /** Stages that would run and of whose time nothing is known; counted as nothing. */
  readonly unknown: number;
}

/**
 * Plays a plan through: each stage starts, in the order of the plan, when its
 * needs are there and one of `workers` is free. `times` has the milliseconds of
 * all that would run, by key.
 */
export function estimateTime(
  plan: Plan,
  times: ReadonlyMap<string, number | null>,
  workers: number,
): Estimate {
  const free = new Array<number>(workers).fill(0);
  const ends = new Map<string, number>();
  let waiting: Waiting[] = [];
  let [work, unknown] = [0, 0];
  for (const [key, node] of plan.nodes) {
    const ms = times.get(key);
    if (ms === undefined) {
      ends.set(key, 0);
      continue;
    }
    if (ms === null) unknown++;
    work += ms ?? 0;
    waiting.push({ node, ms: ms ?? 0, ready: null });
  }
  while (waiting.length > 0) {
    const now = Math.min(...free);
    let next: Waiting | undefined;
    for (const one of waiting) {
      one.ready ??= readyAt(one.node, ends);
      if (one.ready === null) continue;
      if (next === undefined || startOf(one, now) < startOf(next, now)) {
        next = one;
      }
    }
    if (next === undefined) break;
    const end = startOf(next, now) + next.ms;
    free[free.indexOf(now)] = end;
    ends.set(next.node.key, end);
    waiting = waiting.filter((one) => one !== next);
  }
  return { work, wall: Math.max(0, ...free), unknown };
}

/** A stage that would run. */
interface Waiting {
  readonly node: StageNode;
  readonly ms: number;
  /** When its needs are there; null while that is not known. */
  ready: number | null;
}

function startOf({ ready }: Waiting, now: number): number {
  return Math.max(ready ?? Infinity, now);
}

function readyAt(
  { inputs }: StageNode,
  ends: ReadonlyMap<string, number>,
): number | null {
  let ready = 0;
  for (const key of Object.values(inputs)) {
    const end = ends.get(key);
    if (end === undefined) return null;
    ready = Math.max(ready, end);
  }
  return ready;
}
