/** Who takes part in the comparison of a training step. @module */

import { fileURLToPath } from "node:url";
import type { Timing } from "./blocks.ts";
import { type Outcome, run, runScript } from "./process.ts";

/** One way to run a training step. */
export interface Contender {
  readonly name: string;
  /** Median milliseconds a step, or why there is none. */
  time(prior: string): Promise<number | string>;
}

/** Where the peers are. */
export interface PeerOptions {
  /** Interpreters to look for the peers in. */
  readonly pythons: readonly string[];
  /** Folder of their scripts, ending in a slash. */
  readonly peers: string;
  readonly steps: number;
  readonly threads: number;
}

/** Where the peers' scripts are kept. */
export const PEERS: string = fileURLToPath(
  new URL("./peers/", import.meta.url),
);

/** Our ways: compiled and operation by operation, native and embedded. */
export function ourContenders(
  { steps, threads }: Pick<PeerOptions, "steps" | "threads">,
): Contender[] {
  const ours = (
    name: string,
    engine: string,
    mode: string,
    count: number,
  ): Contender => ({
    name,
    time: async (prior) =>
      ourTime(
        await runScript("step.ts", [
          prior,
          engine,
          mode,
          "--steps",
          String(count),
          "--threads",
          String(threads),
        ]),
      ),
  });
  return [
    ours("native compiled", "native", "compiled", steps),
    ours("native eager", "native", "eager", Math.ceil(steps / 6)),
    ours("wasm", "wasm", "eager", Math.ceil(steps / 10)),
  ];
}

/** The step's matrix products alone. */
export function floor(
  { steps, threads }: Pick<PeerOptions, "steps" | "threads">,
): Contender {
  return {
    name: "matrix products alone",
    time: async () =>
      ourTime(await runScript("floor.ts", [String(steps), String(threads)])),
  };
}

/** PyTorch and JAX, where the given Python has them. */
export async function peerContenders(
  options: PeerOptions,
): Promise<{ contenders: Contender[]; missing: string[] }> {
  const contenders: Contender[] = [];
  const missing: string[] = [];
  const steps = String(options.steps);
  const threads = String(options.threads);
  const torch = await pythonWith("import torch", options.pythons);
  if (torch === undefined) missing.push("PyTorch is not installed: skipped");
  else {
    contenders.push(
      peer("PyTorch eager", [torch, `${options.peers}step_torch.py`], [
        "eager",
        steps,
        threads,
      ]),
      peer("PyTorch compiled", [torch, `${options.peers}step_torch.py`], [
        "compile",
        steps,
        threads,
      ]),
    );
  }
  const jax = await pythonWith("import jax, optax", options.pythons);
  if (jax === undefined) missing.push("JAX is not installed: skipped");
  else {contenders.push(
      peer("JAX jit", [jax, `${options.peers}step_jax.py`], [steps]),
    );}
  return { contenders, missing };
}

function peer(
  name: string,
  [python, script]: readonly [string, string],
  args: readonly string[],
): Contender {
  return {
    name,
    time: async (prior) =>
      peerTime(await run(python, [script, prior, ...args])),
  };
}

async function pythonWith(
  imports: string,
  pythons: readonly string[],
): Promise<string | undefined> {
  for (const python of pythons) {
    if ((await run(python, ["-c", imports])).code === 0) return python;
  }
  return undefined;
}

/** The timing that one of our programs prints. */
export function timingOf({ code, stdout, stderr }: Outcome): Timing | string {
  if (code !== 0) return stderr.trim().split("\n").at(-1) ?? `exit ${code}`;
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as Timing;
}

function ourTime(outcome: Outcome): number | string {
  const timing = timingOf(outcome);
  return typeof timing === "string" ? timing : timing.median;
}

function peerTime({ code, stdout, stderr }: Outcome): number | string {
  const median = /median ([\d.]+)/.exec(stdout)?.[1];
  return code === 0 && median !== undefined
    ? Number(median)
    : stderr.trim().split("\n").at(-1) ?? `exit ${code}`;
}
