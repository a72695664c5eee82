/**
 * A node of a plan as whoever runs it is told of it.
 *
 * @module
 */

import type { RunFinding } from "../survey.ts";
import type { Plan, StageNode } from "../types.ts";
import type { ExecuteOptions } from "./executor.ts";
import type { Task } from "./messages.ts";

/** What of a running plan is in every task. */
export interface TaskSurroundings
  extends Pick<ExecuteOptions, "store" | "threads"> {
  readonly plan: Plan;
}

/** A node as a worker is told of it. */
export function taskOf(
  node: StageNode,
  finding: Pick<RunFinding, "earlier">,
  { plan, store, threads }: TaskSurroundings,
): Task {
  const { stage, key, prior } = node;
  return {
    address: { stage: stage.name, key },
    fields: node.fields,
    module: urlOf(stage.module),
    options: node.options,
    prior: prior === null ? null : {
      module: urlOf(prior.definition.module),
      options: prior.options,
      label: prior.label,
    },
    latentDim: node.latentDim,
    seed: node.seed,
    engine: plan.engine,
    inputs: Object.fromEntries(
      Object.entries(node.inputs).map(([name, input]) => [
        name,
        { stage: plan.nodes.get(input)!.stage.name, key: input },
      ]),
    ),
    earlier: finding.earlier ?? null,
    store: store.location,
    baseDirectory: plan.config.baseDirectory,
    threads,
  };
}

/** A module's URL, without the query that a loader may have put behind it. */
function urlOf(module: string): string {
  return module.replace(/[?#].*$/, "");
}
