/**
 * Which executor `run` is to use.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import type { Executor } from "../pipeline/execute/executor.ts";
import { localExecutor } from "../pipeline/execute/local_executor.ts";
import type { Flags } from "./command.ts";
import { readCount, readText } from "./flags.ts";
import { DEFAULT_PRIORITY } from "../queue/place.ts";
import { queueFlags, readQueuePlace } from "./queue_flags.ts";

/** Executors by the names that a person may give. */
const NAMES = ["local", "bullmq"];
const OF_A_QUEUE = [
  ...queueFlags.map(({ form }) => form.slice(2).split(" ")[0]!),
  "priority",
  "detach",
];

/**
 * Reads `--executor` and what belongs to it.
 *
 * @throws {UserError} where there is none of that name, or flags of a queue are
 * given without one.
 */
export async function readExecutor(
  flags: Flags,
  onNotice: (line: string) => void,
): Promise<Executor> {
  const name = readText(flags, "executor") ?? "local";
  if (!NAMES.includes(name)) {
    throw new UserError(
      `Cannot use --executor ${name}, want one of ${NAMES.join(", ")}`,
    );
  }
  if (name === "local") {
    const stray = OF_A_QUEUE.find((flag) => flags[flag] !== undefined);
    if (stray === undefined) return localExecutor;
    throw new UserError(
      `Cannot use --${stray} with the local executor, which has no queue`,
      { hint: "Add --executor bullmq" },
    );
  }
  const place = readQueuePlace(flags);
  const priority = readCount(flags, "priority", {
    min: 1,
    otherwise: DEFAULT_PRIORITY,
  });
  const { bullmqExecutor } = await import("../queue/bullmq_executor.ts");
  const detach = flags.detach === true;
  return bullmqExecutor({ place, priority, detach, onNotice });
}
