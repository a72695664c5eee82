/**
 * Opens in a worker what a stage uses of its trial.
 *
 * @module
 */

import { loadProvider } from "../load_stage.ts";
import type { Provider } from "../provider.ts";
import type { Lent, Stage } from "../stage.ts";
import type { TaskGiven } from "./messages.ts";

/** What {@link openGiven} gives. */
export interface OpenedGiven {
  /** For the stage's context, by name. */
  readonly opened: Partial<Lent>;
  /** What of it is kept beside the artifact. */
  readonly kept: Readonly<Record<string, unknown>>;
}

/** Opens all of `given`, each after those that it is opened with. */
export async function openGiven(
  given: readonly TaskGiven[],
  stage: Pick<Stage, "name" | "params">,
): Promise<OpenedGiven> {
  const waiting = new Map<string, readonly [Provider, TaskGiven]>();
  for (const one of given) {
    waiting.set(one.name, [await loadProvider(one.module), one]);
  }
  const opened: Record<string, unknown> = {};
  const kept: Record<string, unknown> = {};
  const open = async (name: string): Promise<void> => {
    const found = waiting.get(name);
    if (found === undefined) return;
    waiting.delete(name);
    const [provider, { sent }] = found;
    for (const other of provider.with ?? []) await open(other);
    opened[name] = await provider.open(sent, { stage, opened });
    Object.assign(kept, provider.kept?.(opened[name]));
  };
  for (const { name } of given) await open(name);
  return { opened, kept };
}
