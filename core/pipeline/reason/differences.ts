/**
 * In what a stage of a plan differs from an artifact, through all that it needs.
 *
 * @module
 */

import type { ArtifactAddress } from "../../store/store.ts";
import type { KeyFields, Plan, StageNode } from "../types.ts";

/** A field that is another one than it was. */
export interface Difference {
  /** Name of the stage whose field it is. */
  readonly stage: string;
  /** As in the key: `option.epochs`. */
  readonly field: string;
  /** As in the key; null where it was not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What {@link differencesOf} looks into. */
export interface Differing {
  readonly plan: Plan;
  /** The fields of an artifact; null where it is no longer there. */
  fieldsOf(address: ArtifactAddress): Promise<KeyFields | null>;
}

/**
 * All differences between `node` and an artifact of these fields, each once;
 * null where it cannot be said, for an input of then is gone.
 */
export async function differencesOf(
  node: StageNode,
  before: KeyFields,
  options: Differing,
): Promise<readonly Difference[] | null> {
  const found = new Map<string, Difference>();
  const names = new Set([...Object.keys(node.fields), ...Object.keys(before)]);
  for (const field of names) {
    const [was = null, is = null] = [before[field], node.fields[field]];
    if (was === is) continue;
    const differences = field.startsWith("needs.")
      ? await differencesOfInput(was, is, options)
      : [{ stage: node.stage.name, field, before: was, after: is }];
    if (differences === null) return null;
    for (const one of differences) found.set(`${one.stage} ${one.field}`, one);
  }
  return [...found.values()];
}

async function differencesOfInput(
  was: string | null,
  is: string | null,
  options: Differing,
): Promise<readonly Difference[] | null> {
  const giver = options.plan.nodes.get(is ?? "");
  if (giver === undefined || was === null) return null;
  const address = { stage: giver.stage.name, key: was };
  const before = await options.fieldsOf(address);
  return before === null ? null : await differencesOf(giver, before, options);
}
