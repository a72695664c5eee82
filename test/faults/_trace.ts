/**
 * The calls to the file system that a run makes, as `hook.mjs` writes them down.
 *
 * @module
 */

import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Bench, Template } from "./_bench.ts";
import type { Fault } from "./_fault.ts";
import type { Program } from "./_project.ts";

/** A run, and which of its calls count. */
export interface TracedRun {
  readonly template: Template;
  readonly program: Program;
  readonly args: readonly string[];
  readonly role: Fault["role"];
  readonly calls: Fault["calls"];
}

/** By bench and run: those that differ in their fault, or in whose calls count, make the same calls. */
const traces = new WeakMap<Bench, Map<string, readonly string[]>>();

/** The calls that an undisturbed run makes, in their order. */
export async function traceCalls(
  bench: Bench,
  { template, program, args, role, calls }: TracedRun,
): Promise<readonly string[]> {
  const known = traces.get(bench) ?? new Map<string, readonly string[]>();
  traces.set(bench, known);
  const name = JSON.stringify({ template, program, args, calls });
  let lines = known.get(name);
  if (lines === undefined) {
    bench.prepare(template);
    const trace = traceFile(bench);
    const fault = { role: "any", calls, trace } as const;
    const run = await bench.project.run({ program, args, fault });
    if (run.code !== 0) throw new Error(`Cannot count the calls: ${run.err}`);
    lines = readLines(trace);
    known.set(name, lines);
  }
  return role === "any"
    ? lines
    : lines.filter((line) => line.startsWith(`${role} `));
}

/** A file for the calls of one run, which is not there yet. */
export function traceFile({ project }: Bench): string {
  const file = join(project.folder, "..", "trace.txt");
  rmSync(file, { force: true });
  return file;
}

/** Waits until so many calls stand in a file. */
export async function untilCalls(
  file: string,
  count: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted && readLines(file).length < count) await delay(5);
}

function readLines(file: string): readonly string[] {
  return existsSync(file)
    ? readFileSync(file, "utf8").split("\n").slice(0, -1)
    : [];
}
