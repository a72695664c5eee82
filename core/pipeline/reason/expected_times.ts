/**
 * How long stages would take, by how long what is like them took.
 *
 * @module
 */

import type { ArtifactAddress, ArtifactStore } from "../../store/store.ts";
import type { Finding, StaleFinding } from "../survey.ts";
import type { Plan, StageNode } from "../types.ts";
import {
  type Difference,
  differencesOf,
  type Differing,
} from "./differences.ts";

/**
 * By what a difference multiplies the time of stage `stage`, its own or one of
 * what it needs; null where that cannot be said.
 */
export type TimeScale = (
  stage: string,
  difference: Difference,
) => number | null;

/** What {@link expectTimes} goes by. */
export interface ExpectOptions {
  readonly store: ArtifactStore;
  readonly scale: TimeScale;
}

/** Beyond so many times as much, what took its time then says nothing of now: start-up, above all. */
const FARTHEST = 10;

/**
 * Milliseconds of each stage that would run, by key; null where nothing of its
 * kind has run, or only what says nothing of it.
 */
export async function expectTimes(
  plan: Plan,
  findings: ReadonlyMap<string, Finding>,
  { store, scale }: ExpectOptions,
): Promise<ReadonlyMap<string, number | null>> {
  const inspect = async (address: ArtifactAddress) => {
    const found = await store.inspect(address);
    return found.status === "hit" ? found.manifest.fields : null;
  };
  // Trials share what their stages need, and a store may be far away.
  const known = new Map<string, ReturnType<typeof inspect>>();
  const differing: Differing = {
    plan,
    fieldsOf: (address) => {
      const fields = known.get(address.key) ?? inspect(address);
      known.set(address.key, fields);
      return fields;
    },
  };
  const times = new Map<string, number | null>();
  for (const [key, finding] of findings) {
    if (finding.status !== "stale") continue;
    const node = plan.nodes.get(key)!;
    times.set(key, await expectTime(node, finding, { differing, scale }));
  }
  return times;
}

async function expectTime(
  node: StageNode,
  { last, earlier }: StaleFinding,
  { differing, scale }: {
    readonly differing: Differing;
    readonly scale: TimeScale;
  },
): Promise<number | null> {
  if (last == null) return null;
  // Not all engines have it in their keys; one may be all that an engine can have.
  const { threads = 1 } = last.engine ?? {};
  if (threads !== 1 && threads !== differing.plan.config.threads) return null;
  const differences = await differencesOf(node, last.fields, differing);
  if (differences === null) return null;
  let factor = 1;
  for (const difference of differences) {
    const one = scale(node.stage.name, difference);
    if (one === null) return null;
    factor *= one;
  }
  if (factor > FARTHEST) return null;
  // What is gone on from is done.
  const share = earlier?.key === last.key ? factor - 1 : factor;
  return last.ms * Math.max(0, share);
}
