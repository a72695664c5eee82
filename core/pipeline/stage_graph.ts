/**
 * Checks that the stages fit together, and puts them in order.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import { quoteAll } from "../lib/suggest.ts";
import type { Stage } from "./stage.ts";

/**
 * The stages in an order in which every need comes first, else in the order
 * given.
 *
 * @throws {UserError} Where two stages have one name or give one artifact, a
 * need is given by nobody, or stages wait for each other.
 */
export function orderStages(stages: readonly Stage[]): readonly Stage[] {
  checkNames(stages);
  const givers = giversOf(stages);
  for (const stage of stages) checkStage(stage, stages, givers);
  const ordered: Stage[] = [];
  let waiting = stages;
  while (waiting.length > 0) {
    const ready = waiting.filter((stage) =>
      stage.inputs.every((name) => ordered.includes(givers.get(name)!))
    );
    if (ready.length === 0) refuseCycle(waiting, givers);
    // One at a time keeps the given order among those that are ready.
    ordered.push(ready[0]!);
    waiting = waiting.filter((stage) => stage !== ready[0]);
  }
  return ordered;
}

/** Names of the stages that `name` needs, and of those that they need, and itself. */
export function withAncestors(
  stages: readonly Stage[],
  name: string,
): ReadonlySet<string> {
  const givers = giversOf(stages);
  return closure(
    name,
    (stage) =>
      stages.find((one) => one.name === stage)!.inputs.map((input) =>
        givers.get(input)!.name
      ),
  );
}

/** Names of the stages that need what `name` gives, and so on, and itself. */
export function withDescendants(
  stages: readonly Stage[],
  name: string,
): ReadonlySet<string> {
  return closure(name, (current) => {
    const { outputs } = stages.find((one) => one.name === current)!;
    return stages
      .filter(({ inputs }) => inputs.some((name) => outputs.includes(name)))
      .map((stage) => stage.name);
  });
}

function closure(
  start: string,
  next: (name: string) => readonly string[],
): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...next(name));
  }
  return found;
}

function checkNames(stages: readonly Stage[]): void {
  const names = new Set<string>();
  for (const { name } of stages) {
    if (names.has(name)) {
      throw new UserError(`Cannot plan: two stages are named "${name}"`, {
        hint: "Rename one of them: its name in defineStage",
      });
    }
    names.add(name);
  }
}

function giversOf(stages: readonly Stage[]): ReadonlyMap<string, Stage> {
  const givers = new Map<string, Stage>();
  for (const stage of stages) {
    for (const artifact of stage.outputs) {
      const other = givers.get(artifact);
      if (other !== undefined) {
        throw new UserError(
          `Cannot plan stages "${other.name}" and "${stage.name}": both give "${artifact}"`,
          {
            hint:
              `Name the new stage "${other.name}" to replace the other, or give another artifact`,
          },
        );
      }
      givers.set(artifact, stage);
    }
  }
  return givers;
}

function checkStage(
  stage: Stage,
  stages: readonly Stage[],
  givers: ReadonlyMap<string, Stage>,
): void {
  const own = stage.inputs.find((name) => givers.get(name) === stage);
  if (own !== undefined) {
    throw new UserError(
      `Cannot plan stage "${stage.name}": it needs "${own}", which it gives itself`,
    );
  }
  const missing = stage.inputs.filter((name) => !givers.has(name));
  if (missing.length > 0) {
    const later = withDescendants(stages, stage.name);
    const given = stages.filter(({ name }) => !later.has(name))
      .flatMap(({ outputs }) => outputs);
    throw new UserError(
      `Cannot plan stage "${stage.name}": needs ${quoteAll(missing)}, ` +
        `earlier stages give ${quoteAll(given, "nothing")}`,
      { hint: `Add a stage that gives ${quoteAll(missing)} to "stages"` },
    );
  }
}

function refuseCycle(
  waiting: readonly Stage[],
  givers: ReadonlyMap<string, Stage>,
): never {
  // Each of them waits for another of them: following the waits must close.
  const path: Stage[] = [];
  let stage = waiting[0]!;
  while (!path.includes(stage)) {
    path.push(stage);
    stage = stage.inputs.map((name) => givers.get(name)!)
      .find((giver) => waiting.includes(giver))!;
  }
  const cycle = [...path.slice(path.indexOf(stage)), stage];
  const needs = cycle.slice(0, -1).map((one, i) => {
    const artifact = one.inputs.find((name) =>
      givers.get(name) === cycle[i + 1]
    );
    return `"${one.name}" needs "${artifact}" of "${cycle[i + 1]!.name}"`;
  });
  throw new UserError(
    `Cannot plan stages that wait for each other: ${needs.join(", ")}`,
  );
}
