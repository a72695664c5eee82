/**
 * One process of the stress: `node --expose-gc ... _process.ts PRIOR THREADS`.
 * Prints a line of JSON, {@link Report}.
 *
 * @module
 */

import { startEngine } from "../../core/engine/start.ts";
import * as plugins from "../../plugins/mod.ts";
import { trainFromPlaces, trainWhole } from "./_work.ts";

/** What a process has done. */
export interface Report {
  readonly trainings: number;
  /** Beside those of the trainings, each with variables set from four places. */
  readonly programs: number;
  /** What came of each, which must be the same for the same prior and threads. */
  readonly digests: readonly string[];
}

const PROGRAMS = 2;

const [name, threads] = process.argv.slice(2);
const prior = plugins[name as keyof typeof plugins]();
await startEngine("native", { threads: Number(threads) });
const collect = Reflect.get(globalThis, "gc") as () => void;
const training = await trainWhole(prior, { epochs: 2, steps: 8 });
const places = Array.from(
  { length: PROGRAMS },
  () => trainFromPlaces(prior, collect),
).flat();
const report: Report = {
  trainings: 1,
  programs: PROGRAMS,
  digests: [training, ...new Set(places)],
};
console.log(JSON.stringify(report));
