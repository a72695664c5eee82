/** The training step against its peers and its floor. @module */

import type { BenchOptions } from "./bench.ts";
import {
  type Contender,
  floor,
  ourContenders,
  peerContenders,
} from "./contenders.ts";
import { SEED_PRIORS } from "./seed_priors.ts";
import { figure, median, table } from "./table.ts";

const THREADS = 2;

/** Milliseconds a step of every contender for the four priors, and ratios. */
export async function steps(options: BenchOptions): Promise<string> {
  const settings = { ...options, threads: THREADS };
  const { contenders: peers, missing } = await peerContenders(settings);
  const contenders = [...ourContenders(settings), ...peers];
  const lines = [
    `## Training step, milliseconds (784-400-20, batch 128, ${THREADS} threads)`,
    ...missing.map((line) => `_${line}_`),
    "",
  ];
  const rows: string[][] = [];
  const ratios: string[][] = [];
  for (const prior of Object.keys(SEED_PRIORS)) {
    const withFloor = prior === "normal"
      ? [...contenders, floor(settings)]
      : contenders;
    const times = await takeTurns(withFloor, {
      prior,
      rounds: options.rounds,
      notes: lines,
    });
    rows.push([
      prior,
      ...contenders.map(({ name }) => figure(median(times.get(name)!))),
    ]);
    ratios.push([
      prior,
      ...withFloor.slice(1).map(({ name }) =>
        `${name}: ${ratio(times, "native compiled", name)}`
      ),
      ...(prior === "normal"
        ? [`wasm against native eager: ${ratio(times, "wasm", "native eager")}`]
        : []),
    ]);
  }
  lines.push(table(["prior", ...contenders.map(({ name }) => name)], rows), "");
  lines.push("Native compiled against each (below 1: faster):", "");
  lines.push(
    ...ratios.map(([prior, ...list]) => `- ${prior}: ${list.join("; ")}`),
  );
  return lines.join("\n");
}

async function takeTurns(
  contenders: readonly Contender[],
  { prior, rounds, notes }: { prior: string; rounds: number; notes: string[] },
): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(
    contenders.map(({ name }) => [name, []]),
  );
  for (let round = 0; round < rounds; round++) {
    for (const { name, time } of contenders) {
      const found = await time(prior);
      if (typeof found === "string") {
        notes.push(`_${name}, ${prior}: ${found}_`);
      }
      times.get(name)!.push(typeof found === "string" ? NaN : found);
    }
  }
  return times;
}

function ratio(
  times: ReadonlyMap<string, readonly number[]>,
  a: string,
  b: string,
): string {
  const above = times.get(a)!;
  const below = times.get(b)!;
  return figure(median(above.map((value, i) => value / below[i]!)));
}
