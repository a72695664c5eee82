/**
 * SIGKILL at random moments.
 *
 * @module
 */

import { spawnSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { pick } from "./_random.ts";
import type { Bench, Template } from "./_bench.ts";
import { type Program, sendKill, type Started } from "./_project.ts";
import type { Attempt } from "./_tally.ts";

/** Who is killed. */
export type Victim = "whole group" | "runner" | "worker";

/** Options of {@link killAtRandom}. */
export interface KillOptions {
  readonly victim: Victim;
  readonly program: Program;
  readonly draw: () => number;
}

const TEMPLATES: readonly Template[] = ["empty", "no training", "no train"];

/** A run that is killed somewhere between its start and its end. */
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
      bench.prepare(template);
      const started = bench.project.start({
        program,
        args: forcing(program, forced),
      });
      const ended = started.ended.then(() => true);
      const span = bench.runMs * (program === "cli" ? 2 : 1.1);
      const wait = victim === "worker"
        // From when there is one.
        ? firstWorker(started).then(() => delay(share * span / 2))
        : delay(share * span);
      const isOver = await Promise.race([ended, wait.then(() => false)]);
      const happened = !isOver && kill(started, victim, which);
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

async function firstWorker({ child }: Started): Promise<void> {
  while (child.exitCode === null && childrenOf(child.pid!).length === 0) {
    await delay(20);
  }
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
