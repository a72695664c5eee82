/** The command `queue`. @module */

import type { Redis } from "ioredis";
import { formatColumns } from "../../lib/columns.ts";
import { commandLine } from "../../lib/command_line.ts";
import { plural } from "../../lib/count.ts";
import { UserError } from "../../lib/errors.ts";
import type { QueuePlace } from "../../queue/place.ts";
import type { QueueState } from "../../queue/queue_state.ts";
import { formatWhen } from "../../runs/format.ts";
import { type Command, EXIT, type Flags, type Terminal } from "../command.ts";
import { queueFlags, readQueuePlace } from "../queue_flags.ts";
import { terminalWidth } from "../wrap.ts";

/** Looks at a queue, and stops it. */
export const queue: Command = {
  name: "queue",
  description: "Look at a queue of stages: status, pause, resume, drain",
  words: [{
    name: "action",
    isRequired: true,
    description: "what to do: status, pause, resume or drain",
  }],
  flags: [
    ...queueFlags,
    { form: "--json", description: "Print one JSON object to stdout" },
  ],
  examples: [
    "queue status --redis redis://queue:6379",
    "queue pause",
    "queue resume",
    "queue drain",
  ],
  run: async (flags, terminal) => {
    const action = ACTIONS.get(String(flags.action));
    if (action === undefined) {
      throw new UserError(
        `Cannot do "${flags.action}" with a queue, want one of ${
          [...ACTIONS.keys()].join(", ")
        }`,
      );
    }
    const place = readQueuePlace(flags);
    const { connect } = await import("../../queue/connection.ts");
    const redis = await connect(place);
    try {
      await action({ redis, place, flags, terminal });
      return EXIT.done;
    } finally {
      redis.disconnect();
    }
  },
};

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
  const { queueStates } = await import("../../queue/queue_state.ts");
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
  const { pauseQueues } = await import("../../queue/queue_state.ts");
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
  const { drainQueues } = await import("../../queue/queue_state.ts");
  const count = await drainQueues(redis, place);
  terminal.out(
    `Took out ${plural(count, "stage")} that no worker had begun; ${
      commandLine("run")
    } puts ${count === 1 ? "it" : "them"} back`,
  );
}
