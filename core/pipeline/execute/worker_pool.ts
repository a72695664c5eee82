/**
 * Worker processes that live as long as a run: started when needed, replaced
 * when they die, and idle ones are used again.
 *
 * @module
 */

import type { Task, TaskGiven } from "./messages.ts";
import {
  startWorker,
  type TaskHandlers,
  type Worker,
  type WorkerEnd,
} from "./worker_process.ts";

/** Worker processes. */
export interface WorkerPool {
  /**
   * Starts a worker ahead of its first task, and has it open what takes long:
   * that is a second, in which another one can load the data.
   */
  warm(given: readonly TaskGiven[]): void;
  /** Runs a task in an idle worker, or in a new one; never throws. */
  run(task: Task, handlers: TaskHandlers): Promise<WorkerEnd>;
  /** Asks all running stages to stop, and kills those that do not. */
  abort(): void;
  /** Ends all workers. */
  close(): Promise<void>;
}

/** Options of {@link createWorkerPool}. */
export interface PoolOptions {
  /** Whether a line that a worker wrote tells nobody anything. */
  readonly isNoise: (line: string) => boolean;
}

/** A pool; a call of `run` that finds no idle worker starts one, up to `size`. */
export function createWorkerPool(
  size: number,
  { isNoise }: PoolOptions,
): WorkerPool {
  const workers = new Set<Worker>();
  let aborted = false;
  const add = () => {
    const worker = startWorker(isNoise);
    workers.add(worker);
    return worker;
  };
  return {
    warm: (given) => {
      if (workers.size < size) add().warm(given);
    },
    run: async (task, handlers) => {
      const idle = [...workers].filter((one) => !one.busy());
      const worker = idle.find((one) => !one.warming()) ??
        (workers.size < size ? add() : idle[0] ?? add());
      const ending = worker.run(task, handlers);
      if (aborted) worker.abort();
      const result = await ending;
      if (!worker.alive()) workers.delete(worker);
      return result;
    },
    abort: () => {
      aborted = true;
      for (const worker of workers) worker.abort();
    },
    close: async () => {
      await Promise.all([...workers].map((worker) => worker.close()));
    },
  };
}
