/**
 * SIGKILL at random moments.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { pick } from "./_random.ts";
import type { Bench, Template } from "./_bench.ts";
import { type Program, sendKill, type Started } from "./_project.ts";
import type { Attempt } from "./_tally.ts";
import { traceCalls, traceFile, untilCalls } from "./_trace.ts";

/** Who is killed. */
export type Victim = "whole group" | "runner" | "worker";

/** Options of {@link killAtRandom}. */
export interface KillOptions {
  readonly victim: Victim;
  readonly program: Program;
  readonly draw: () => number;
}

const TEMPLATES: readonly Template[] = ["empty", "no training", "no train"];

/** A run that is killed somewhere between its first call that writes and its last. */
export function killAtRandom(
  bench: Bench,
  { victim, program, draw }: KillOptions,
): Attempt {
  const template = pick(draw, TEMPLATES);
  const forced = template === "no train" && draw() < 0.5;
  const share = draw();
  const which = draw();
  return {
    kind: `SIGKILL of the ${victim} at a random moment${
      program === "cli" ? ", with the report" : ""
    }`,
    what: `"${template}"${forced ? ", forced" : ""}, at ${share.toFixed(3)}`,
    attempt: async () => {
      const run = {
        template,
        program,
        args: forcing(program, forced),
        role: victim === "worker" ? "worker" : "any",
        calls: "write",
      } as const;
      const { length } = await traceCalls(bench, run);
      bench.prepare(template);
      const trace = traceFile(bench);
      const fault = { role: run.role, calls: run.calls, trace };
      const started = bench.project.start({ program, args: run.args, fault });
      const over = new AbortController();
      const ended = started.ended.finally(() => over.abort());
      await untilCalls(trace, 1 + Math.floor(share * length), over.signal);
      const happened = !over.signal.aborted && kill(started, victim, which);
      await ended;
      return { happened, complaints: await bench.recover(program) };
    },
  };
}

function forcing(program: Program, forced: boolean): readonly string[] {
  if (!forced) return [];
  return program === "cli"
    ? ["--force", "train"]
    : [JSON.stringify({ force: ["train"] })];
}

function kill({ child }: Started, victim: Victim, which: number): boolean {
  const pid = child.pid!;
  if (victim === "worker") {
    const workers = childrenOf(pid);
    if (workers.length === 0) return false;
    return sendKill(workers[Math.floor(which * workers.length)]!);
  }
  return sendKill(victim === "runner" ? pid : -pid);
}

/** Process ids of the workers; the bundler, which ends by itself, is none. */
function childrenOf(parent: number): readonly number[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,args="], {
    encoding: "utf8",
  });
  return stdout.split("\n").map((line) => line.trim().split(/\s+/))
    .filter(([, ppid, , script]) =>
      Number(ppid) === parent && /worker\.(mjs|ts)$/.test(script ?? "")
    )
    .map(([pid]) => Number(pid));
}
