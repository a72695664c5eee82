/**
 * `queue`: what a queue holds, and how to stop it.
 *
 * @module
 */

import type { Redis } from "ioredis";
import { plural } from "../../lib/count.ts";
import { commandLine } from "../../lib/command_line.ts";
import { UserError } from "../../lib/errors.ts";
import { connect } from "../../queue/connection.ts";
import type { QueuePlace } from "../../queue/place.ts";
import {
  drainQueues,
  pauseQueues,
  type QueueState,
  queueStates,
} from "../../queue/queue_state.ts";
import { formatWhen } from "../../runs/format.ts";
import { formatColumns } from "../../lib/columns.ts";
import { EXIT, type Flags, type Terminal } from "../command.ts";
import { readQueuePlace } from "../queue_flags.ts";
import { terminalWidth } from "../wrap.ts";

/**
 * Runs the command `queue`.
 *
 * @throws {UserError} for mistakes in words and flags.
 * @throws {RunError} where Redis cannot be reached.
 */
export async function runQueue(
  flags: Flags,
  terminal: Terminal,
): Promise<number> {
  const action = ACTIONS.get(String(flags.action));
  if (action === undefined) {
    throw new UserError(
      `Cannot do "${flags.action}" with a queue, want one of ${
        [...ACTIONS.keys()].join(", ")
      }`,
    );
  }
  const place = readQueuePlace(flags);
  const redis = await connect(place);
  try {
    await action({ redis, place, flags, terminal });
    return EXIT.done;
  } finally {
    redis.disconnect();
  }
}

interface Action {
  readonly redis: Redis;
  readonly place: QueuePlace;
  readonly flags: Flags;
  readonly terminal: Terminal;
}

const ACTIONS: ReadonlyMap<string, (action: Action) => Promise<void>> = new Map(
  [
    ["status", printStatus],
    ["pause", (action) => pause(action, true)],
    ["resume", (action) => pause(action, false)],
    ["drain", drain],
  ],
);

async function printStatus({ redis, place, flags, terminal }: Action) {
  const states = await queueStates(redis, place);
  if (flags.json === true) {
    terminal.out(JSON.stringify({ queue: place.queue, engines: states }));
    return;
  }
  if (states.length === 0) {
    terminal.out(`Nobody has used queue "${place.queue}" yet`);
  }
  for (const state of states) {
    for (const line of describeState(state)) terminal.out(line);
  }
}

function describeState(state: QueueState): readonly string[] {
  const { engine, isPaused, workers, sweeps } = state;
  const width = terminalWidth() - 2;
  const rows = sweeps.map(({ plan, settled, stages, by, begun }) => [
    plan,
    `${settled} of ${plural(stages, "stage")}`,
    `begun ${formatWhen(begun)} by ${by}`,
  ]);
  return [
    `Engine ${engine}${
      isPaused ? ", paused" : ""
    }: ${state.active} running, ${state.waiting} waiting, ${state.parked} waiting for others, ${state.failed} failed`,
    ...(rows.length === 0
      ? ["  no sweep under way"]
      : formatColumns(rows, { width, flexible: 2 }).map((line) => `  ${line}`)),
    workers.length === 0
      ? "  no workers"
      : `  ${plural(workers.length, "worker")}: ${workers.join(", ")}`,
  ];
}

async function pause({ redis, place, terminal }: Action, isPaused: boolean) {
  await pauseQueues(redis, place, isPaused);
  terminal.out(
    isPaused
      ? `Paused: what runs goes on, nothing else begins; ${
        commandLine("queue resume")
      } ends it`
      : "Resumed",
  );
}

async function drain({ redis, place, terminal }: Action) {
  const count = await drainQueues(redis, place);
  terminal.out(
    `Took out ${plural(count, "stage")} that no worker had begun; ${
      commandLine("run")
    } puts ${count === 1 ? "it" : "them"} back`,
  );
}
