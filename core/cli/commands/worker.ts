/** The command `worker`. @module */

import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { applyOverrides } from "../../config/overrides.ts";
import { plural } from "../../lib/count.ts";
import type { EngineInfo } from "../../engine/engine.ts";
import { type QueuePlace, withoutPassword } from "../../queue/place.ts";
import { type Command, EXIT, type Flags } from "../command.ts";
import { configFlags, readConfigFlags, readCount } from "../flags.ts";
import { listenForInterrupt } from "../interrupt.ts";
import { queueFlags, readQueuePlace } from "../queue_flags.ts";

/** Works for the sweeps of a queue, until Ctrl-C or with `--drain` until all is done. */
export const worker: Command = {
  name: "worker",
  description:
    "Take stages from a queue and run them, for sweeps of any machine",
  flags: [
    ...queueFlags,
    ...configFlags.filter(({ form }) => /^--(config|engine|set) /.test(form)),
    {
      form: "--concurrency <n>",
      description: "Stages side by side; default as many as cores",
    },
    {
      form: "--drain",
      description: "End when the queue has nothing more to do",
    },
    {
      form: "--lease <seconds>",
      description:
        "Silence after which its work is given to another; default 30",
    },
  ],
  examples: [
    "worker --redis redis://queue:6379",
    "worker --concurrency 4 --drain",
    "worker --engine wasm --set store=s3://bucket/vae-priors",
  ],
  run: async (flags, terminal) => {
    const { ensureEngine } = await import("../../engine/engine.ts");
    const { digestFile } = await import("../../pipeline/key/file_digest.ts");
    const { digesterOf } = await import("../../pipeline/beside_store.ts");
    const { runWorker } = await import("../../queue/worker.ts");
    const { openStore } = await import("../../store/open.ts");
    const { provisionNotes } = await import("../progress/provision_notes.ts");
    const { workerLine } = await import("../progress/worker_line.ts");
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
        await greeting({ engine, place, concurrency, store: store.location }),
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
        onEvent: (event) => {
          const line = workerLine(event);
          if (line !== null) terminal.out(line);
        },
      });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    if (signal.aborted) return EXIT.interrupted;
    terminal.out("The queue has nothing more to do");
    return EXIT.done;
  },
};

/** The config is asked for places and engine only: what to do comes with the work. */
async function readSite(flags: Flags) {
  const { loadConfigIfAny } = await import("../../config/load.ts");
  const { readEngineChoice, readPlaces } = await import(
    "../../config/places.ts"
  );
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

async function greeting({ engine, place, concurrency, store }: {
  readonly engine: EngineInfo;
  readonly place: QueuePlace;
  readonly concurrency: number;
  readonly store: string;
}): Promise<string> {
  const { formatWorker, ownName, queueName } = await import(
    "../../queue/names.ts"
  );
  return `Worker ${formatWorker(ownName())} takes ${
    plural(concurrency, "stage")
  } at a time from "${queueName(place, engine.name)}" at ${
    withoutPassword(place.url)
  }; store ${store}`;
}
