/**
 * One process of the stress: `node --expose-gc ... _process.ts PRIOR THREADS`.
 * Prints a line of JSON, {@link Report}.
 *
 * @module
 */

import { startEngine } from "../../core/engine/start.ts";
import * as plugins from "../../plugins/mod.ts";
import { trainFromPlaces, trainWhole, updateMany } from "./_work.ts";

/** What a process has done. */
export interface Report {
  readonly trainings: number;
  /** Beside those of the trainings, each with variables set from all places. */
  readonly programs: number;
  /**
   * What came of a training, of its step as a program and of many variables:
   * one of each, and the same for the same prior and threads.
   */
  readonly digests: readonly string[];
}

const [name, threads] = process.argv.slice(2);
const prior = plugins[name as keyof typeof plugins]();
await startEngine("native", { threads: Number(threads) });
const collect = Reflect.get(globalThis, "gc") as () => void;
const digests = [
  await trainWhole(prior, { epochs: 2, steps: 8 }),
  ...new Set(trainFromPlaces(prior, collect)),
  ...new Set(updateMany(collect)),
];
const report: Report = { trainings: 1, programs: 2, digests };
console.log(JSON.stringify(report));
