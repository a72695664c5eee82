/**
 * A node of a plan as whoever runs it is told of it.
 *
 * @module
 */

import { sourcesOf } from "../key/keys.ts";
import type { Given } from "../provider.ts";
import type { StaleFinding } from "../survey.ts";
import type { Plan, StageNode } from "../types.ts";
import type { ExecuteOptions } from "./executor.ts";
import type { Task, TaskGiven } from "./messages.ts";

/** What of a running plan is in every task. */
export interface TaskSurroundings extends Pick<ExecuteOptions, "store"> {
  readonly plan: Plan;
}

/** A node as a worker is told of it. */
export function taskOf(
  node: StageNode,
  finding: Pick<StaleFinding, "earlier">,
  { plan, store }: TaskSurroundings,
): Task {
  const { stage, key, given } = node;
  return {
    address: { stage: stage.name, key },
    fields: node.fields,
    module: urlOf(stage.module),
    options: node.options,
    given: given.map(sendGiven),
    sources: sourcesOf(stage, given).map((source) => ({
      ...source,
      module: urlOf(source.module),
    })),
    inputs: Object.fromEntries(
      Object.entries(node.inputs).map(([name, input]) => [
        name,
        { stage: plan.nodes.get(input)!.stage.name, key: input },
      ]),
    ),
    earlier: finding.earlier ?? null,
    store: store.location,
    baseDirectory: plan.config.baseDirectory,
  };
}

/** Something that a stage uses, as a worker is told of it. */
export function sendGiven({ provider, value }: Given): TaskGiven {
  const { module, data } = provider.send(value);
  return {
    name: provider.name,
    module: urlOf(provider.module),
    sent: { module: module === null ? null : urlOf(module), data },
  };
}

/** A module's URL, without the query that a loader may have put behind it. */
function urlOf(module: string): string {
  return module.replace(/[?#].*$/, "");
}
