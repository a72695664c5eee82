/** Who takes part in the comparison of a training step. @module */

import { fileURLToPath } from "node:url";
import type { Timing } from "./blocks.ts";
import { type ModelName, MODELS } from "./models.ts";
import { type Outcome, run, runScript } from "./process.ts";
import type { StepTiming } from "./step.ts";

/** What a contender's process says of a step. */
export interface Measured extends Pick<Timing, "median" | "min" | "loss"> {
  /** Longest block; the peers do not say. */
  readonly max?: number;
  /** Processor time in milliseconds, where it is said. */
  readonly cpu?: number;
  /** Settings and key of ours. */
  readonly trial?: StepTiming["trial"];
  readonly key?: string;
  /** Whether it is a part of the step alone, whose loss says nothing. */
  readonly isFloor?: boolean;
}

/** One way to run a training step. */
export interface Contender {
  readonly name: string;
  /** What it took, or why there is nothing. */
  time(model: ModelName): Promise<Measured | string>;
}

/** How long and by how many threads. */
export interface StepOptions {
  readonly steps: number;
  readonly threads: number;
}

/** Where the peers are. */
export interface PeerOptions extends StepOptions {
  /** Interpreters to look for the peers in. */
  readonly pythons: readonly string[];
  /** Folder of their scripts, ending in a slash. */
  readonly peers: string;
}

/** Where the peers' scripts are kept. */
export const PEERS: string = fileURLToPath(
  new URL("./peers/", import.meta.url),
);

/** Our ways: compiled and operation by operation, native and embedded. */
export function ourContenders(
  { steps, threads }: StepOptions,
): Readonly<Record<"compiled" | "eager" | "wasm", Contender>> {
  const ours = (
    name: string,
    settings: readonly string[],
  ): Contender => ({
    name,
    time: async (model) =>
      timingOf<StepTiming>(
        await runScript("step.ts", [
          model,
          ...[...settings, `threads=${threads}`].flatMap((
            one,
          ) => ["--set", one]),
          "--steps",
          String(Math.ceil(steps * MODELS[model].share)),
        ]),
      ),
  });
  return {
    compiled: ours("native compiled", ["engine=native"]),
    eager: ours("native eager", ["engine=native", "train.compile=false"]),
    wasm: ours("wasm", ["engine=wasm"]),
  };
}

/** The matrix products of the default config's step alone. */
export function floor({ steps, threads }: StepOptions): Contender {
  return {
    name: "matrix products alone",
    time: async () => {
      const found = timingOf(
        await runScript("floor.ts", [String(steps), String(threads)]),
      );
      return typeof found === "string" ? found : { ...found, isFloor: true };
    },
  };
}

/** PyTorch and JAX, where the given Python has them. */
export async function peerContenders(
  { pythons, peers, steps, threads }: PeerOptions,
): Promise<{ contenders: Contender[]; missing: string[] }> {
  const contenders: Contender[] = [];
  const missing: string[] = [];
  const peer = (
    name: string,
    python: string,
    { library, args }: { library: string; args: (steps: string) => string[] },
  ): Contender => ({
    name,
    time: async (model) => {
      const { peer: [script, ...which], share } = MODELS[model];
      const count = String(Math.ceil(steps * share));
      return peerTime(
        await run(python, [
          `${peers}step_${library}${script}.py`,
          ...which,
          ...args(count),
        ]),
      );
    },
  });
  const torch = await pythonWith("import torch", pythons);
  if (torch === undefined) missing.push("PyTorch is not installed: skipped");
  else {
    for (const [name, mode] of [["eager", "eager"], ["compiled", "compile"]]) {
      contenders.push(peer(`PyTorch ${name}`, torch, {
        library: "torch",
        args: (count) => [mode!, count, String(threads)],
      }));
    }
  }
  const jax = await pythonWith("import jax, optax", pythons);
  if (jax === undefined) missing.push("JAX is not installed: skipped");
  else {
    contenders.push(peer("JAX jit", jax, {
      library: "jax",
      args: (count) => [count],
    }));
  }
  return { contenders, missing };
}

/** The first of them that can import it. */
export async function pythonWith(
  imports: string,
  pythons: readonly string[],
): Promise<string | undefined> {
  for (const python of pythons) {
    if ((await run(python, ["-c", imports])).code === 0) return python;
  }
  return undefined;
}

/** The timing that one of our programs prints. */
export function timingOf<T extends Timing = Timing>(
  { code, stdout, stderr }: Outcome,
): T | string {
  if (code !== 0) return stderr.trim().split("\n").at(-1) ?? `exit ${code}`;
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as T;
}

function peerTime({ code, stdout, stderr }: Outcome): Measured | string {
  const [min, median, loss] = ["min", "median", "loss"].map((word) =>
    Number(new RegExp(`${word} ([\\d.]+)`).exec(stdout)?.[1] ?? NaN)
  ) as [number, number, number];
  return code === 0 && [min, median, loss].every(Number.isFinite)
    ? { min, median, loss }
    : stderr.trim().split("\n").at(-1) ?? `exit ${code}`;
}
