/** Timing of a step inside its process. @module */

import { tf } from "../../core/engine/tf.ts";
import { median } from "./table.ts";

/** What a process says of its steps. */
export interface Timing {
  /** Milliseconds a step: of all blocks the least, the median and the most. */
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** Processor time a step, all threads. */
  readonly cpu: number;
  readonly loss: number;
  readonly rssMiB: number;
  /** MiB that the process has grown by since the first block, which fills its heap. */
  readonly grownMiB: number;
  readonly newTensors: number;
}

const BLOCKS = 5;
const WARM_UP = 20;

/** Runs `step` in five blocks of `steps / 5`, after a warm-up. */
export function timeBlocks(steps: number, step: () => number): Timing {
  let loss = NaN;
  const run = (count: number) => {
    for (let i = 0; i < count; i++) loss = step();
  };
  const each = Math.max(1, Math.floor(steps / BLOCKS));
  const timer = blockTimer(each);
  run(WARM_UP);
  for (let block = 0; block <= BLOCKS; block++) {
    timer.block(loss);
    if (block < BLOCKS) run(each);
  }
  return timer.timing();
}

/** Times blocks of `each` steps: the first call of `block` ends the warm-up. */
export function blockTimer(each: number): {
  block(loss: number): void;
  timing(): Timing;
} {
  const ends: { ms: number; cpu: number; tensors: number; rss: number }[] = [];
  let last = NaN;
  return {
    block: (loss) => {
      last = loss;
      const { user, system } = process.cpuUsage();
      ends.push({
        ms: performance.now(),
        cpu: (user + system) / 1000,
        tensors: tf.memory().numTensors,
        rss: process.memoryUsage().rss,
      });
    },
    timing: () => {
      const times = ends.slice(1).map(({ ms }, i) => (ms - ends[i]!.ms) / each)
        .sort((a, b) => a - b);
      const [first, second, end] = [ends[0]!, ends[1]!, ends.at(-1)!];
      return {
        min: times[0]!,
        median: median(times),
        max: times.at(-1)!,
        cpu: (end.cpu - first.cpu) / each / times.length,
        loss: last,
        rssMiB: end.rss / 2 ** 20,
        // The first block fills the heap.
        grownMiB: (end.rss - second.rss) / 2 ** 20,
        newTensors: end.tensors - first.tensors,
      };
    },
  };
}
