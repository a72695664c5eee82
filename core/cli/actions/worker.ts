/**
 * `worker`: runs stages of a queue until it is stopped.
 *
 * @module
 */

import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { plural } from "../../lib/count.ts";
import { loadConfigIfAny } from "../../config/load.ts";
import { applyOverrides } from "../../config/overrides.ts";
import { readEngineChoice, readPlaces } from "../../config/places.ts";
import { type EngineInfo, ensureEngine } from "../../engine/engine.ts";
import { digestFile } from "../../pipeline/key/file_digest.ts";
import { digesterOf } from "../../pipeline/plan.ts";
import { formatWorker, ownName, queueName } from "../../queue/names.ts";
import { type QueuePlace, withoutPassword } from "../../queue/place.ts";
import { runWorker } from "../../queue/worker.ts";
import type { WorkerEvent } from "../../queue/worker_options.ts";
import { openStore } from "../../store/open.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readConfigFlags, readCount } from "../flags.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { provisionNotes } from "../progress/provision_notes.ts";
import { formatSeconds } from "../progress/rate.ts";
import { readQueuePlace } from "../queue_flags.ts";

/**
 * Runs the command `worker` until Ctrl-C, or with `--drain` until the queue has
 * nothing more to do.
 *
 * @throws {UserError} for mistakes in the flags or in the config.
 * @throws {RunError} where Redis cannot be reached.
 */
export async function runWorkerCommand(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const place = readQueuePlace(flags);
  const cores = availableParallelism();
  const concurrency = readCount(flags, "concurrency", {
    min: 1,
    otherwise: cores,
  });
  const leaseSeconds = readCount(flags, "lease", { min: 1, otherwise: 30 });
  const site = await readSite(flags);
  using interrupt = listenForInterrupt(() =>
    terminal.err(
      "Stopping: stages save their checkpoints; press Ctrl-C again to stop at once",
    )
  );
  const { signal } = interrupt;
  try {
    const engine = await ensureEngine(site.choice, {
      onProgress: provisionNotes({ note: (line) => terminal.err(line) }),
      signal,
    });
    signal.throwIfAborted();
    const store = await openStore(site.storeDirectory);
    terminal.out(
      greeting({ engine, place, concurrency, store: store.location }),
    );
    await runWorker({
      place,
      store,
      baseDirectory: site.baseDirectory,
      engine,
      digester: digesterOf(site),
      digestFile,
      concurrency,
      leaseSeconds,
      drain: flags.drain === true,
      signal,
      onEvent: (event) => terminal.out(lineOf(event)),
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (signal.aborted) return EXIT.interrupted;
  terminal.out("The queue has nothing more to do");
  return EXIT.done;
}

/** The config is asked for places and engine only: what to do comes with the work. */
async function readSite(flags: Flags) {
  const { file, overrides } = readConfigFlags(flags);
  const own = overrides.filter(({ path }) => path[0] !== "concurrency");
  const loaded = await loadConfigIfAny(file === undefined ? {} : { file });
  const baseDirectory = loaded?.baseDirectory ?? resolve(".");
  const config = applyOverrides(
    (loaded?.config ?? {}) as Readonly<Record<string, unknown>>,
    own,
  );
  const places = readPlaces(config, {
    baseDirectory,
    isProject: loaded !== null,
    overrides: own,
  });
  return { ...places, baseDirectory, choice: readEngineChoice(config) };
}

function greeting({ engine, place, concurrency, store }: {
  readonly engine: EngineInfo;
  readonly place: QueuePlace;
  readonly concurrency: number;
  readonly store: string;
}): string {
  return `Worker ${formatWorker(ownName())} takes ${
    plural(concurrency, "stage")
  } at a time from "${queueName(place, engine.name)}" at ${
    withoutPassword(place.url)
  }; store ${store}`;
}

function lineOf(event: WorkerEvent): string {
  switch (event.type) {
    case "start":
      return `${event.title}: started (${event.reason})`;
    case "refused":
      return `${event.title}: refused, for ${event.why}`;
    case "note":
      return event.message;
    case "end":
      return `${event.title}: ${wordsOf(event)}`;
  }
}

function wordsOf(
  { status, ms, message }: WorkerEvent & { readonly type: "end" },
): string {
  switch (status) {
    case "done":
      return `done in ${formatSeconds(ms / 1000)}`;
    case "cached":
      return "was made meanwhile";
    case "interrupted":
      return "goes back to the queue";
    case "again":
      return `failed, and is tried again: ${message}`;
    case "failed":
    case "skipped":
    case "damaged":
      return `${status}: ${message}`;
  }
}
