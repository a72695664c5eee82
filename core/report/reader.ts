/**
 * What the report needs of a store, and how it finds a trial's artifacts in it:
 * by artifact name, for stages can be replaced.
 *
 * @module
 */

import type { ArtifactName, Artifacts } from "../pipeline/artifacts.ts";
import { isMade } from "../pipeline/status.ts";
import type { Plan, StageOutcome, TrialOutcome } from "../pipeline/types.ts";

/** The part of a store that the report uses. */
export interface ArtifactReader {
  /** What the node with this key gave, by artifact name. */
  read(key: string): Promise<Readonly<Record<string, unknown>>>;
}

/** A stage of a trial that gives an artifact. */
export interface Source {
  /** Key of the node. */
  readonly key: string;
  readonly outcome: StageOutcome;
  /** Whether there is something to read. */
  readonly available: boolean;
}

/**
 * The stage of a trial that gives `artifact`, the last one where there are
 * several; null where none does.
 */
export function findSource(
  plan: Plan,
  outcome: TrialOutcome,
  artifact: string,
): Source | null {
  for (const key of outcome.trial.nodes.toReversed()) {
    if (!plan.nodes.get(key)?.stage.outputs.includes(artifact)) continue;
    const stage = outcome.stages.find((stage) => stage.key === key);
    if (stage === undefined) return null;
    return { key, outcome: stage, available: isMade(stage) };
  }
  return null;
}

/**
 * One artifact of a trial; null where its stage failed or did not run.
 *
 * @throws Whatever the store throws for an artifact that it ought to have.
 */
export async function readArtifact<Name extends ArtifactName>(
  reader: ArtifactReader,
  source: Source | null,
  artifact: Name,
): Promise<Artifacts[Name] | null> {
  if (source === null || !source.available) return null;
  const given = await reader.read(source.key);
  return (given[artifact] as Artifacts[Name] | undefined) ?? null;
}
