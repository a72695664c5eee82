/**
 * The program as somebody starts it, in a process that can be killed.
 *
 * @module
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { RunRecord } from "../../core/runs/record.ts";
import { BIN, startChild } from "../processes/child.ts";

/** A started process of the program. */
export interface Program {
  /** What it has printed so far, on both streams. */
  readonly lines: readonly string[];
  /** When it printed each of them, in milliseconds of `performance.now()`. */
  readonly times: readonly number[];
  /** Its exit code; null when it was killed. */
  readonly ended: Promise<number | null>;
  /** The same; undefined while it runs. */
  code(): number | null | undefined;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Starts `vae-priors <words>`, by the command `through` where that is given. */
export function startProgram(
  words: readonly string[],
  { env = {}, through = [] }: {
    readonly env?: NodeJS.ProcessEnv;
    readonly through?: readonly string[];
  } = {},
): Program {
  const times: number[] = [];
  const child = startChild([...through, process.execPath, BIN, ...words], {
    env,
    mayDie: true,
    onLine: () => times.push(performance.now()),
  });
  let code: number | null | undefined;
  const ended = child.ended.then((end) => code = end.code);
  return {
    lines: child.lines,
    times,
    ended,
    code: () => code,
    kill: async (signal) => {
      await child.kill(signal);
      await ended;
    },
  };
}

/** Digest of what every stage gave, by key, as the one run in `outputs` recorded it. */
export function digestsOf(outputs: string): ReadonlyMap<string, string | null> {
  const runs = join(outputs, "runs");
  const [run] = readdirSync(runs);
  const record = JSON.parse(
    readFileSync(join(runs, run!, "record.json"), "utf8"),
  ) as RunRecord;
  return new Map(record.stages.map(({ key, digest }) => [key, digest]));
}
