/**
 * What the store has that bears on stages that it has not: why they would run,
 * and what they could go on from.
 *
 * @module
 */

import type {
  ArtifactStore,
  Inspection,
  StoredArtifact,
} from "../../store/store.ts";
import {
  type Continuation,
  findContinuation,
} from "../execute/continuation.ts";
import type { Explanation } from "./explain.ts";
import { digesterOf, historyOf } from "../beside_store.ts";
import type { Plan } from "../types.ts";

/** What the store has that bears on a stage it has not. */
export interface Background {
  /** Not there where the artifact was damaged. */
  readonly explanation?: Explanation;
  readonly continuation: Continuation;
}

/** Backgrounds by key, of what is missing or was damaged. */
export async function lookBack(
  plan: Plan,
  inspections: ReadonlyMap<string, Inspection>,
  store: ArtifactStore,
): Promise<ReadonlyMap<string, Background>> {
  const keysOf = (...statuses: readonly Inspection["status"][]) =>
    [...plan.nodes.keys()].filter((key) =>
      statuses.includes(inspections.get(key)!.status)
    );
  const gone = keysOf("miss", "damaged");
  if (gone.length === 0) return new Map();
  // Side by side: a store that is elsewhere takes its time to answer.
  const artifacts = new Map<string, readonly StoredArtifact[]>(
    await Promise.all(
      plan.config.stages.map(async ({ name }) =>
        [name, await store.list(name)] as const
      ),
    ),
  );
  const continuations = new Map<string, Continuation>(
    await Promise.all(gone.map(async (key) => {
      const node = plan.nodes.get(key)!;
      const its = artifacts.get(node.stage.name)!;
      const found = await findContinuation(node, { artifacts: its, store });
      return [key, found] as const;
    })),
  );
  // Loaded only here: where everything is cached there is nothing to explain.
  const { explainPlan } = await import("./explain.ts");
  const explanations = await explainPlan(plan, {
    cached: new Set(keysOf("hit", "damaged")),
    artifacts,
    preferred: new Map(
      [...continuations].map(([key, { earlier }]) => [key, earlier?.key]),
    ),
    history: historyOf(plan.config),
    digester: digesterOf(plan.config),
  });
  return new Map(
    [...continuations].map(([key, continuation]) => {
      const explanation = explanations.get(key);
      const because = explanation === undefined ? {} : { explanation };
      return [key, { continuation, ...because }];
    }),
  );
}
