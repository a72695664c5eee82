/**
 * A worker process, as the pool that has started it sees it.
 *
 * @module
 */

import { type ChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";
import { hideCredentials } from "../../lib/credentials.ts";
import { childProgram } from "../../load/child_program.ts";
import type { StageMessage } from "../stage_message.ts";
import { ALLOCATOR } from "./allocator.ts";
import type { WorkerDeath } from "./death.ts";
import type { FromWorker, Task, TaskGiven, ToWorker } from "./messages.ts";
import { failure, INTERRUPTED, type StageEnd } from "./stage_result.ts";
import { packError } from "./wire_error.ts";

/** What the runner does with a task's messages. */
export interface TaskHandlers {
  onMessage(message: StageMessage): void;
  /** @throws Where the result must not be kept. */
  verify(): Promise<void>;
  /** A line that the stage wrote to stdout or stderr. */
  onOutput(line: string): void;
}

/** How a task ends, or the worker over it. */
export type WorkerEnd = StageEnd | WorkerDeath;

/** A worker, busy or idle. */
export interface Worker {
  busy(): boolean;
  /** Whether it is still opening what takes long; a task would wait for that. */
  warming(): boolean;
  warm(given: readonly TaskGiven[]): void;
  alive(): boolean;
  run(task: Task, handlers: TaskHandlers): Promise<WorkerEnd>;
  abort(): void;
  close(): Promise<void>;
}

/** What a stage may take to save its checkpoint after Ctrl-C. */
const GRACE_MS = 10_000;
const CLOSE_MS = 2_000;
/** Lines of a dead worker's output that its error shows. */
const TAIL = 15;
/** Somebody has told it to stop, when it could not listen yet or does not. */
const STOPS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

interface Job {
  readonly handlers: TaskHandlers;
  readonly finish: (end: WorkerEnd) => void;
}

/** Starts a worker; what it writes is taken for the stage's, but for noise. */
export function startWorker(isNoise: (line: string) => boolean): Worker {
  const { script, args, execArgv } = childProgram(
    new URL("./worker.ts", import.meta.url),
    "worker.mjs",
  );
  const child = fork(script, args, {
    execArgv,
    // Structured clones keep Infinity and NaN in options.
    serialization: "advanced",
    env: { ...ALLOCATOR, ...process.env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const exited = new Promise((resolve) => child.on("exit", resolve));
  let job: Job | undefined;
  let tail: string[] = [];
  let dead = false;
  let interrupted = false;
  let warming = false;
  const say = (message: ToWorker) => {
    if (child.connected) child.send(message, () => {});
  };
  const finish = (how: WorkerEnd) => {
    job?.finish(how);
    job = undefined;
  };
  const fail = (error: unknown) => finish(failure(error));
  readLines(child, (line) => {
    if (isNoise(line)) return;
    const shown = hideCredentials(line);
    tail = [...tail, shown].slice(-TAIL);
    job?.handlers.onOutput(shown);
  });
  child.on("message", (message: FromWorker) => {
    switch (message.type) {
      case "warmed":
        warming = false;
        break;
      case "verify":
        job?.handlers.verify().then(
          () => say({ type: "verified", error: null }),
          (error) => say({ type: "verified", error: packError(error) }),
        );
        break;
      case "end":
        finish(message);
        break;
      default:
        job?.handlers.onMessage(message);
    }
  });
  child.on("error", (error) => {
    dead = true;
    fail(error);
  });
  // "close" and not "exit": its last words must have been read.
  child.on("close", (code, signal) => {
    dead = true;
    const isTold = interrupted || signal !== null && STOPS.includes(signal);
    finish(
      isTold ? INTERRUPTED : { type: "died", code, signal, tail },
    );
  });
  return {
    busy: () => job !== undefined || dead,
    alive: () => !dead,
    warming: () => warming,
    warm: (given) => {
      warming = true;
      say({ type: "warm", given });
    },
    run: (task, handlers) =>
      new Promise<WorkerEnd>((resolve) => {
        tail = [];
        job = { handlers, finish: resolve };
        try {
          child.send({ type: "run", task } satisfies ToWorker, (error) => {
            // A worker that has died in between also says so by "close".
            if (error !== null && child.connected) {
              fail(error);
            }
          });
        } catch (error) {
          // An option that is a function, say, cannot be sent.
          fail(error);
        }
      }),
    abort: () => {
      if (job === undefined) return;
      interrupted = true;
      say({ type: "abort" });
      setTimeout(() => {
        if (job !== undefined) child.kill("SIGKILL");
      }, GRACE_MS).unref();
    },
    close: async () => {
      if (dead) return;
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill("SIGKILL"), CLOSE_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}

function readLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on("line", onLine);
  }
}
