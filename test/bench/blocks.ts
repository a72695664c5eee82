/** Timing of a step inside its process. @module */

import { tf } from "../../core/engine/tf.ts";

/** What a process says of its steps. */
export interface Timing {
  /** Milliseconds a step, the least and the median of five blocks. */
  readonly min: number;
  readonly median: number;
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
  for (let i = 0; i < WARM_UP; i++) loss = step();
  const tensors = tf.memory().numTensors;
  let memory = 0;
  const each = Math.max(1, Math.floor(steps / BLOCKS));
  const started = process.cpuUsage();
  const times = Array.from({ length: BLOCKS }, (_, block) => {
    const start = performance.now();
    for (let i = 0; i < each; i++) loss = step();
    const time = (performance.now() - start) / each;
    if (block === 0) memory = process.memoryUsage().rss;
    return time;
  }).sort((a, b) => a - b);
  const { user, system } = process.cpuUsage(started);
  const rss = process.memoryUsage().rss;
  return {
    min: times[0]!,
    median: times[(BLOCKS - 1) / 2]!,
    cpu: (user + system) / 1000 / each / BLOCKS,
    loss,
    rssMiB: rss / 2 ** 20,
    grownMiB: (rss - memory) / 2 ** 20,
    newTensors: tf.memory().numTensors - tensors,
  };
}
