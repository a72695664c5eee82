/**
 * One attempt at a stage: what the stage says, how long it takes, and what it
 * saves for the next attempt.
 *
 * @module
 */

import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { ExplainedError, messageOf, UserError } from "../../lib/errors.ts";
import {
  readCheckpoint,
  type SavedAttempt,
  writeCheckpoint,
} from "./checkpoint_file.ts";
import {
  createMetricsLog,
  METRICS_FILE,
  type MetricsRecord,
} from "./metrics_log.ts";
import type { EarlierArtifact } from "../continues.ts";
import type { StageContext } from "../stage.ts";
import type { StageMessage } from "../stage_message.ts";

/** What {@link beginAttempt} works with. */
export interface AttemptOptions {
  /** Folder that outlives interrupted attempts with the same key. */
  readonly directory: string;
  /** A checkpoint was written: has others find it, where the store is shared. */
  readonly keep: () => Promise<void>;
  /** Reads the finished artifact to go on from; `ms` is the time it took. */
  readonly earlier: () => Promise<
    (EarlierArtifact & { readonly ms: number }) | null
  >;
  /** Tells the runner. */
  readonly tell: (
    message: Extract<
      StageMessage,
      { readonly type: "log" | "warn" | "note" }
    >,
  ) => void;
}

/** An attempt under way. */
export interface Attempt {
  /** Its part of the stage's context. */
  readonly context: Pick<
    StageContext,
    "checkpoint" | "earlier" | "log" | "warn" | "note"
  >;
  /** What it has come to, with the attempts that it goes on from. */
  sum(): {
    readonly ms: number;
    readonly records: readonly MetricsRecord[];
    readonly warnings: readonly string[];
  };
}

const SECONDS = "VAE_PRIORS_CHECKPOINT_SECONDS";
/** Between checkpoints, where {@link SECONDS} says nothing else. */
const DEFAULT_SECONDS = 5;
/** Share of the time that saving may take then: a large model saves less often. */
const SAVING_SHARE = 0.02;

/** Begins an attempt; its clock starts. */
export function beginAttempt(
  { directory, keep, earlier, tell }: AttemptOptions,
): Attempt {
  const asked = askedSeconds();
  const interval = 1000 * (asked ?? DEFAULT_SECONDS);
  const started = performance.now();
  const metrics = createMetricsLog(join(directory, METRICS_FILE));
  const warnings = new Set<string>();
  let msBefore = 0;
  let nextSave: number | undefined;
  let troubled = false;
  const note = (message: string) => tell({ type: "note", message });
  const sum = () => ({
    ms: msBefore + performance.now() - started,
    records: metrics.records,
    warnings: [...warnings],
  });

  async function load(): Promise<unknown> {
    const saved = await readCheckpoint(directory);
    if (saved === "damaged") note("the checkpoint is damaged and is not used");
    if (typeof saved === "string") return null;
    msBefore = saved.ms;
    metrics.restore(saved.records);
    for (const warning of saved.warnings) warnings.add(warning);
    return saved.value;
  }

  function complain(message: string): void {
    if (!troubled) note(message);
    troubled = true;
  }

  async function write(attempt: SavedAttempt): Promise<void> {
    try {
      await writeCheckpoint(directory, attempt);
    } catch (error) {
      // A result without checkpoints is better than none; a full disk has no code of ours.
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      complain(`goes on without checkpoints: ${messageOf(error)}`);
      return;
    }
    try {
      await keep();
    } catch (error) {
      if (!(error instanceof ExplainedError)) throw error;
      complain(`keeps checkpoints on this machine alone: ${messageOf(error)}`);
    }
  }

  async function save(value: unknown): Promise<void> {
    const before = performance.now();
    await write({ ...sum(), value });
    const now = performance.now();
    const longest = asked === null ? (now - before) / SAVING_SHARE : 0;
    nextSave = now + Math.max(interval, longest);
  }

  function due(): boolean {
    const now = performance.now();
    // From the first question on: before it there is nothing worth saving.
    nextSave ??= now + interval;
    return now >= nextSave;
  }

  return {
    sum,
    context: {
      checkpoint: { load, save, due },
      earlier: async () => {
        const found = await earlier();
        if (found !== null) msBefore = found.ms;
        return found;
      },
      log: (record) => {
        metrics.append(record);
        tell({ type: "log", record });
      },
      warn: (message) => {
        warnings.add(message);
        tell({ type: "warn", message });
      },
      note,
    },
  };
}

function askedSeconds(): number | null {
  const text = process.env[SECONDS];
  if (text === undefined || text === "") return null;
  const seconds = Number(text);
  if (seconds >= 0) return seconds;
  throw new UserError(
    `Cannot use ${SECONDS}=${text}: want a number of seconds, at least 0`,
  );
}
