/**
 * What came of the settings of a rung, as the store has it.
 *
 * Scores are remembered beside the store: artifacts are large, and a failure
 * leaves none.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, RepeatableError } from "../../lib/errors.ts";
import { replaceFile } from "../../lib/files.ts";
import { DamagedArtifactError } from "../../store/damaged.ts";
import { localFolder } from "../../store/local_folder.ts";
import type { ArtifactStore } from "../../store/store.ts";
import type { Stage } from "../stage.ts";
import type {
  PipelineResult,
  Plan,
  PlanInput,
  StageNode,
  Trial,
} from "../types.ts";
import type { Score, SearchInput } from "./types.ts";

/** Without what the rung before had done, which is no matter of the artifact. */
type Remembered =
  | { readonly value: number; readonly work: number }
  | { readonly failed: string };

/** Remembered scores, by the key of the artifact. */
interface Memory {
  readonly known: Map<string, Remembered>;
  /** Keeps what was added; where that cannot be, it is read again next time. */
  save(): Promise<void>;
}

/** The place of a rung in a search, and where its results are. */
export interface RungPlace {
  readonly search: SearchInput;
  readonly rung: number;
  readonly store: ArtifactStore;
}

/** The score of each trial of a rung; null of one that has not ended. */
export async function readScores(
  plan: Plan,
  { search, rung, store }: RungPlace,
): Promise<readonly (Score | null)[]> {
  const memory = await openMemory(plan.config);
  const scores: (Score | null)[] = [];
  for (const trial of plan.trials) {
    const node = judgedNode(plan, trial, search);
    const found = await scoreOf(node, store, memory);
    scores.push(found === null ? null : withAdded(found, node, search, rung));
  }
  await memory.save();
  return scores;
}

/** Remembers of a result which settings will never have a score. */
export async function noteFailures(
  { plan, trials }: PipelineResult,
  search: SearchInput,
): Promise<void> {
  const memory = await openMemory(plan.config);
  for (const { key, name, error } of trials.flatMap(({ stages }) => stages)) {
    if (name !== search.stage || !(error instanceof RepeatableError)) continue;
    memory.known.set(key, { failed: messageOf(error.cause ?? error) });
  }
  await memory.save();
}

/** The stage of a trial by which it is judged. */
export function judgedNode(
  { nodes }: Plan,
  trial: Trial,
  { stage }: SearchInput,
): StageNode {
  return trial.nodes.map((key) => nodes.get(key)!)
    .find((node) => node.stage.name === stage)!;
}

async function scoreOf(
  { key, stage, options }: StageNode,
  store: ArtifactStore,
  { known }: Memory,
): Promise<Remembered | null> {
  const address = { stage: stage.name, key };
  const remembered = known.get(key);
  if ((await store.inspect(address)).status !== "hit") {
    return remembered !== undefined && "failed" in remembered
      ? remembered
      : null;
  }
  if (remembered !== undefined && !("failed" in remembered)) return remembered;
  try {
    const value = await store.read(address);
    const judged = stage.judged!.judge(value, options);
    known.set(key, judged);
    return judged;
  } catch (error) {
    // It is in quarantine now, and is made anew.
    if (error instanceof DamagedArtifactError) return null;
    throw error;
  }
}

function withAdded(
  score: Remembered,
  { stage, options }: StageNode,
  { over, rungs }: SearchInput,
  rung: number,
): Score {
  if ("failed" in score) return score;
  const share = rung === 0
    ? 0
    : doneBefore(stage, options, { [over]: rungs[rung - 1]! }) / rungs[rung]!;
  const carried = Math.min(score.work, Math.round(score.work * share));
  return { ...score, added: score.work - carried };
}

/** How much of the option that is raised the rung before has done of this one. */
function doneBefore(
  { continues }: Stage,
  options: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
): number {
  const from = continues?.from(options, { ...options, ...before }) ?? null;
  return from === null || "anew" in from ? 0 : from.done;
}

async function openMemory(
  { storeDirectory }: Pick<PlanInput, "storeDirectory">,
): Promise<Memory> {
  const file = join(localFolder(storeDirectory), ".scores.json");
  const text = await readFile(file, "utf8").catch(() => "{}");
  const known = new Map(Object.entries(parse(text)));
  const before = known.size;
  return {
    known,
    save: async () => {
      if (known.size === before) return;
      const json = JSON.stringify(Object.fromEntries(known));
      await replaceFile(file, json).catch(() => {});
    },
  };
}

function parse(text: string): Readonly<Record<string, Remembered>> {
  try {
    return JSON.parse(text) as Record<string, Remembered>;
  } catch {
    return {};
  }
}
