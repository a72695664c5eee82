/**
 * Several runs of the same at the same time, and clocks that disagree.
 *
 * @module
 */

import { type Bench, compare, readStages } from "./_bench.ts";
import { digestStore } from "./_check.ts";
import { type Ended, sendKill } from "./_project.ts";
import type { Attempt } from "./_tally.ts";
import { traceCalls, traceFile, untilCalls } from "./_trace.ts";

/** Options of {@link race}. */
export interface RaceOptions {
  /** How many run. */
  readonly runs: number;
  /** By how much the clock of each is ahead, in hours; missing ones are right. */
  readonly clockHours?: readonly number[];
  /** The first is killed after this share of the calls of one that is alone. */
  readonly killAt?: number;
}

const HOUR_MS = 60 * 60 * 1000;
const ALONE = {
  template: "empty",
  program: "stages",
  args: [],
  role: "any",
  calls: "write",
} as const;

/** Starts them all at once, on nothing. */
export function race(
  bench: Bench,
  { runs, clockHours = [], killAt }: RaceOptions,
): Attempt {
  const clocks = clockHours.length === 0 ? "" : ", clocks hours apart";
  const killed = killAt === undefined ? "" : ", one of them killed";
  return {
    kind: `${runs} runs at once${clocks}${killed}`,
    what: clockHours.join(" "),
    attempt: async () => {
      const { project } = bench;
      const alone = killAt === undefined ? [] : await traceCalls(bench, ALONE);
      bench.prepare("empty");
      const trace = traceFile(bench);
      const started = Array.from({ length: runs }, (_, i) =>
        project.start({
          program: "stages",
          fault: {
            clockMs: (clockHours[i] ?? 0) * HOUR_MS,
            ...killAt !== undefined && i === 0 ? { trace } : {},
          },
        }));
      if (killAt !== undefined) {
        const [first] = started;
        const over = new AbortController();
        first!.ended.finally(() => over.abort());
        const count = 1 + Math.floor(killAt * alone.length);
        await untilCalls(trace, count, over.signal);
        sendKill(-first!.child.pid!);
      }
      const ended = await Promise.all(started.map((one) => one.ended));
      const others = killAt === undefined ? ended : ended.slice(1);
      return {
        happened: ended.some(hasWaited),
        complaints: [
          ...others.flatMap(complain),
          // Who was killed has not said what it had done.
          ...killAt === undefined ? countStages(bench, ended) : [],
          ...compare(digestStore(project.outputs), bench.reference),
          ...await bench.recover("stages"),
        ],
      };
    },
  };
}

/** Runs with a clock that is wrong, after one with a right one, and before another. */
export function jump(bench: Bench, hours: number): Attempt {
  return {
    kind: "clock moved by hours between runs",
    what: `${hours} h`,
    attempt: async () => {
      const { project } = bench;
      bench.prepare("no train");
      const fault = { clockMs: hours * HOUR_MS };
      const run = await project.run({ program: "cli", fault });
      const again = await project.run({ program: "stages", fault });
      const back = await project.run({ program: "stages" });
      return {
        happened: true,
        complaints: [
          ...[run, again, back].flatMap(complain),
          ...[again, back].flatMap((one) =>
            readStages(one)?.started.map((stage) => `${stage} ran again`) ?? []
          ),
          ...await bench.recover("cli"),
        ],
      };
    },
  };
}

function complain({ code, err }: Ended): readonly string[] {
  return code === 0 ? [] : [`one ended with ${code}: ${err}`];
}

function hasWaited(run: Ended): boolean {
  return readStages(run)?.notices.some((text) =>
    text.startsWith("Waiting for process")
  ) === true;
}

/** Each stage is run by one of them. */
function countStages(
  { size }: Bench,
  ended: readonly Ended[],
): readonly string[] {
  const started = ended.flatMap((run) => readStages(run)?.started ?? []);
  return started.length === size && new Set(started).size === size ? [] : [
    `they ran ${started.length} stages, want each of ${size} once: ${started.sort()}`,
  ];
}
