/**
 * What is known of a stage, from the files that it leaves: also of one that runs
 * in another process.
 *
 * @module
 */

import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { CHECKPOINT_FILE } from "../../../pipeline/execute/checkpoint_file.ts";
import {
  METRICS_FILE,
  type MetricsRecord,
  parseMetrics,
} from "../../../pipeline/execute/metrics_log.ts";
import {
  readProgress,
  type SavedProgress,
} from "../../../pipeline/execute/progress_file.ts";
import type { StageStatus } from "../../../pipeline/status.ts";
import type { RunRecord, StageRecord } from "../../../runs/record.ts";
import type { ArtifactStore } from "../../../store/store.ts";

/** A stage of a run, as it is now. */
export interface StageView {
  readonly key: string;
  readonly name: string;
  /** `train Mine(1,2)`. */
  readonly title: string;
  /** `waiting` only while the run goes on; what is there is `done`, whoever made it. */
  readonly state: Exclude<StageStatus, "cached"> | "running" | "waiting";
  /** Milliseconds that it took; null where it has not ended. */
  readonly ms: number | null;
  /** How far it is; null where it does not run, or has not said. */
  readonly progress: SavedProgress | null;
  /** Why it failed; null where it did not. */
  readonly error: string | null;
  /** What it has logged. */
  readonly records: readonly MetricsRecord[];
  /** sha256 of each file of its artifact; empty where there is none. */
  readonly files: Readonly<Record<string, string>>;
  /** What it saved last, while it runs. */
  readonly checkpoint: SavedCheckpoint | null;
}

/** A checkpoint on the disk. */
interface SavedCheckpoint {
  /** Folder of the attempt. */
  readonly directory: string;
  /** When it was saved, in milliseconds since 1970. */
  readonly time: number;
}

/** What {@link lookAtStage} works with. */
export interface StageSight {
  /** Of the run. */
  readonly status: RunRecord["status"];
  readonly store: ArtifactStore;
  /** What finished stages have logged, by the file's sha256: a store may be far away. */
  readonly logs: Map<string, readonly MetricsRecord[]>;
}

/** Looks at a stage. */
export async function lookAtStage(
  record: StageRecord,
  { status, store, logs }: StageSight,
): Promise<StageView> {
  const { key, name, title } = record;
  const address = { stage: name, key };
  const nothing = {
    key,
    name,
    title,
    ms: null,
    progress: null,
    error: null,
    records: [],
    files: {},
    checkpoint: null,
  };
  const attempt = await store.admin.lookAtAttempt(address);
  if (attempt.working) {
    const { directory } = attempt;
    return {
      ...nothing,
      state: "running",
      ...(directory === null ? {} : await lookAtAttempt(directory)),
    };
  }
  const artifact = await store.admin.look(address);
  if (artifact?.manifest) {
    const { ms, files } = artifact.manifest;
    const log = files[METRICS_FILE]?.sha256;
    let records = log === undefined ? [] : logs.get(log);
    if (records === undefined) {
      const file = store.admin.readFile(address, METRICS_FILE);
      records = parseMetrics((await readWhole(file)).toString("utf8"));
      logs.set(log!, records);
    }
    const digests = Object.entries(files).map(([path, { sha256 }]) =>
      [path, sha256] as const
    );
    const view = { ms, records, files: Object.fromEntries(digests) };
    return { ...nothing, ...view, state: "done" };
  }
  if (status === "running") return { ...nothing, state: "waiting" };
  return {
    ...nothing,
    state: endOf(record.status),
    ms: record.status === "done" ? record.ms : null,
    error: record.error ?? null,
  };
}

async function lookAtAttempt(directory: string) {
  const saved = await stat(join(directory, CHECKPOINT_FILE)).catch(() => null);
  return {
    progress: await readProgress(directory),
    records: await readMetrics(directory),
    checkpoint: saved === null ? null : { directory, time: saved.mtimeMs },
  };
}

/** All bytes of a file. */
export async function readWhole(
  chunks: AsyncIterable<Uint8Array>,
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of chunks) parts.push(part);
  return Buffer.concat(parts);
}

async function readMetrics(directory: string) {
  const text = await readFile(join(directory, METRICS_FILE), "utf8")
    .catch(() => "");
  return parseMetrics(text);
}

function endOf(status: StageRecord["status"]): StageView["state"] {
  switch (status) {
    case "cached":
      return "done";
    case "pending":
      return "interrupted";
    default:
      return status;
  }
}
