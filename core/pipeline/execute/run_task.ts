/**
 * Runs one stage inside a worker: reads its inputs, lends it a context, checks
 * what it gives and commits that to the store.
 *
 * @module
 */

import { writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { performance } from "node:perf_hooks";
import { UserError } from "../../lib/errors.ts";
import { explainRefusal } from "../../lib/refusal.ts";
import { storeSetting } from "../../lib/store_setting.ts";
import { localFolder } from "../../store/local_folder.ts";
import { DamagedArtifactError } from "../../store/damaged.ts";
import { openStore } from "../../store/open.ts";
import type { ArtifactStore, ArtifactValue } from "../../store/store.ts";
import { beginAttempt } from "./attempt.ts";
import { CHECKPOINT_FILE } from "./checkpoint_file.ts";
import type { FromWorker, Task } from "./messages.ts";
import { METRICS_FILE, metricsText } from "./metrics_log.ts";
import { type ProgressWriter, progressWriter } from "./progress_file.ts";
import { loadStage } from "../load_stage.ts";
import { openGiven } from "./open_given.ts";
import { stageContext } from "./stage_context.ts";
import type { StageResult } from "./stage_result.ts";
import { packError } from "./wire_error.ts";
import { checkGiven, checkOutside } from "./check_given.ts";

/** A worker's line to the runner. */
export interface TaskPort {
  send(message: FromWorker): void;
  /** @throws Where the sources are no longer those of the key. */
  verify(): Promise<void>;
  readonly signal: AbortSignal;
}

/** Progress is sent at most this often. */
const PROGRESS_MS = 50;

/** Runs `task`; never throws. */
export async function runTask(
  task: Task,
  port: TaskPort,
): Promise<StageResult> {
  try {
    return await run(task, port);
  } catch (error) {
    if (error instanceof DamagedArtifactError) {
      const { address, problem } = error;
      return { status: "damaged", address, problem };
    }
    const aborted = port.signal.aborted &&
      (error === port.signal.reason ||
        (error as { name?: unknown } | null)?.name === "AbortError");
    return aborted
      ? { status: "interrupted" }
      : { status: "failed", error: packError(explained(error, task)) };
  }
}

async function run(task: Task, port: TaskPort): Promise<StageResult> {
  const { address, signal } = { ...task, signal: port.signal };
  const store = await openStore(task.store);
  const stage = await loadStage(task.module);
  if (stage.name !== address.stage) {
    throw new UserError(
      `Cannot use "${task.module}": its default export is stage "${stage.name}", want "${address.stage}"`,
      { hint: "Write each stage in a file of its own" },
    );
  }
  const inputs = await readInputs(task, store);
  const { opened, kept } = await openGiven(task.given, stage);
  const attemptDirectory = await store.attemptDirectory(address);
  const draft = await store.draft(address);
  try {
    signal.throwIfAborted();
    const attempt = beginAttempt({
      directory: attemptDirectory,
      keep: () => store.saveAttempt(address, CHECKPOINT_FILE),
      earlier: () => readEarlier(task, store, attempt.context.note),
      tell: (message) => port.send(message),
    });
    const context = stageContext(stage, {
      ...attempt.context,
      baseDirectory: task.baseDirectory,
      directory: draft.directory,
      signal,
      progress: throttle(port, progressWriter(attemptDirectory)),
    }, opened);
    const given = await stage.run(inputs, task.options, context);
    const { ms, records, warnings } = attempt.sum();
    checkGiven(stage, given);
    await checkOutside(stage, task);
    await port.verify();
    if (records.length > 0) {
      const file = join(draft.directory, METRICS_FILE);
      await writeFile(file, metricsText(records), { flag: "wx" });
    }
    await draft.commit(given, {
      fields: task.fields,
      ms,
      warnings,
      ...kept,
    });
    // It is done; what cannot be removed now, a later run sweeps.
    await store.clearAttempt(address).catch(() => {});
    return { status: "done", ms, warnings };
  } finally {
    await draft.discard();
  }
}

/** What a stage of somebody's wrote to its folders, and could not. */
function explained(error: unknown, { address, store }: Task): unknown {
  const folder = localFolder(store);
  const { path, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  const isOurs = path === undefined
    // What goes through an open file comes without its path.
    ? syscall === "write" || syscall === "fsync"
    : path === folder || path.startsWith(folder + sep);
  if (!isOurs) return error;
  const isHere = folder === store;
  const what = `Cannot write files of stage "${address.stage}" to ${
    isHere ? "the store" : "the local copies of the store"
  }`;
  const elsewhere = isHere ? storeSetting(store) : "with VAE_PRIORS_CACHE";
  return explainRefusal(error, { what, folder, elsewhere });
}

async function readInputs(
  task: Task,
  store: ArtifactStore,
): Promise<ArtifactValue> {
  const inputs: Record<string, unknown> = {};
  for (const [name, address] of Object.entries(task.inputs)) {
    inputs[name] = (await store.read(address))[name];
  }
  return inputs;
}

/** What the stage continues; where that is no longer whole, it starts anew. */
async function readEarlier(
  { earlier }: Task,
  store: ArtifactStore,
  note: (message: string) => void,
) {
  if (earlier === null) return null;
  try {
    const found = await store.inspect(earlier);
    if (found.status === "hit") {
      const { ms } = found.manifest;
      const value = await store.read(earlier);
      return { value, directory: store.directory(earlier), ms };
    }
  } catch (error) {
    if (!(error instanceof DamagedArtifactError)) throw error;
  }
  note("starts anew: the result that it would resume from is damaged or gone");
  return null;
}

function throttle(port: TaskPort, write: ProgressWriter) {
  let last = -Infinity;
  return (
    done: number,
    total: number,
    fields: Readonly<Record<string, number>> = {},
  ): void => {
    const now = performance.now();
    if (now - last < PROGRESS_MS && done < total) return;
    last = now;
    port.send({ type: "progress", done, total, fields });
    write(done, total, fields);
  };
}
