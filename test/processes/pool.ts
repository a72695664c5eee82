/**
 * Vitest's pool of processes, in which a process that dies fails the test that
 * it was at, and says how.
 *
 * Vitest's own says "Worker exited unexpectedly", and of which file does not.
 *
 * @module
 */

import type { ChildProcess } from "node:child_process";
import type {
  RunnerTask,
  RunnerTaskEventPack,
  RunnerTaskResultPack,
  RunnerTestCase,
} from "vitest";
import {
  createMethodsRPC,
  ForksPoolWorker,
  type PoolOptions,
  type PoolRunnerInitializer,
  type WorkerRequest,
} from "vitest/node";
import { describeDeath } from "./death.ts";

const NAME = "processes";

/** What each request of the pool is answered with. */
const ANSWERS: Readonly<Record<string, string>> = {
  start: "started",
  run: "testfileFinished",
  collect: "testfileFinished",
  stop: "stopped",
};
/** What has become of a file whose tests have all run. */
const DONE = ["pass", "fail", "skip"];
/** A message to a process that has just died; its end says more. */
const BROKEN_PIPES = ["EPIPE", "ECONNRESET", "ERR_IPC_CHANNEL_CLOSED"];
/** Characters of its output that are kept. */
const TAIL = 10_000;

/** The value of Vitest's option `pool`. */
export function processPool(): PoolRunnerInitializer {
  return {
    name: NAME,
    createPoolWorker: (options) => new TestProcess(options),
  };
}

// deno-lint-ignore no-explicit-any -- as Vitest declares it
type Listener = (arg: any) => void;

class TestProcess extends ForksPoolWorker {
  override readonly name = NAME;
  readonly #options: PoolOptions;
  readonly #started = Date.now();
  #output = "";
  #files: readonly string[] = [];
  /** The answer that the pool waits for. */
  #awaited: string | undefined;
  #hear: Listener = () => {};
  #isOver = false;

  constructor(options: PoolOptions) {
    super(options);
    this.#options = options;
  }

  override async start(): Promise<void> {
    await super.start();
    const child: ChildProcess = this["fork"];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (data) => {
        this.#output = `${this.#output}${data}`.slice(-TAIL);
      });
    }
    child.on("message", (message) => {
      if (isAnswer(message)) this.#awaited = undefined;
    });
    // "close" and not "exit": its last words must have been read.
    child.once("close", async (code, signal) => {
      this.#isOver = true;
      if (this.#awaited === undefined) return;
      const what = `The process of ${this.#files.join(", ") || "tests"}`;
      const { pid } = child;
      const [output, started] = [this.#output, this.#started];
      const cwd = process.cwd();
      const ended = { pid, code, signal, output, cwd, started };
      await this.#fail(await describeDeath(what, ended));
    });
  }

  override on(event: string, listener: Listener): void {
    if (event === "message") this.#hear = listener;
    // It would be told of its end before its last words are known.
    if (event === "exit") return;
    super.on(
      event,
      event !== "error" ? listener : (error) => {
        if (!BROKEN_PIPES.includes(error.code)) listener(error);
      },
    );
  }

  /** For another file, where files share processes. */
  canReuse(): boolean {
    return !this.#isOver;
  }

  override send(message: WorkerRequest): void {
    // What else it is sent are answers to its own requests.
    const awaited = ANSWERS[message.type];
    if (awaited !== undefined) this.#awaited = awaited;
    if (message.type === "run" || message.type === "collect") {
      this.#files = message.context.files.map(({ filepath }) => filepath);
      this.#output = "";
    }
    if (!this.#isOver) super.send(message);
    else if (message.type === "stop") this.#answer();
  }

  override async stop(): Promise<void> {
    this.#awaited = undefined;
    if (!this.#isOver) await super.stop();
  }

  /** In place of the process, which will not. */
  #answer(error?: Error): void {
    const type = this.#awaited;
    this.#awaited = undefined;
    this.#hear({ __vitest_worker_response__: true, type, error });
  }

  async #fail(message: string): Promise<void> {
    const isAtTests = this.#awaited === ANSWERS["run"] &&
      this.#options.method === "run";
    if (!isAtTests) return this.#answer(new Error(message));
    const { project } = this.#options;
    const { onTaskUpdate } = createMethodsRPC(project);
    const errors = [{ name: "Error", message, stack: "" }];
    const files = project.vitest.state.getFiles([...this.#files])
      .filter(({ result }) => !DONE.includes(result?.state ?? "run"));
    for (const file of files) {
      const victims = testsOf(file)
        .filter(({ result }) => result?.state === "run");
      const packs: RunnerTaskResultPack[] = victims.map((
        { id, result, meta },
      ) => [id, { ...result, state: "fail", errors }, meta]);
      const events: RunnerTaskEventPack[] = victims.map((
        { id },
      ) => [id, "test-finished", undefined]);
      // Where it is not known which test it was at, its file has failed.
      const own = victims.length > 0 ? {} : { errors };
      packs.push([
        file.id,
        { ...file.result, state: "fail", ...own },
        file.meta,
      ]);
      events.push([file.id, "suite-finished", undefined]);
      await onTaskUpdate(packs, events);
    }
    this.#answer();
  }
}

function isAnswer(message: unknown): boolean {
  return typeof message === "object" && message !== null &&
    "__vitest_worker_response__" in message;
}

function testsOf(task: RunnerTask): readonly RunnerTestCase[] {
  return task.type === "test" ? [task] : task.tasks.flatMap(testsOf);
}
