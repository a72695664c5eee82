/**
 * All that is tried, by rooms.
 *
 * @module
 */

import type { Bench } from "./_bench.ts";
import { random } from "./_random.ts";
import type { Attempt } from "./_tally.ts";
import { listDamages } from "./damage.ts";
import { listEdits } from "./edits.ts";
import { killAtRandom, type Victim } from "./moments.ts";
import { listPoints, type PointsPlan } from "./points.ts";
import { jump, race } from "./race.ts";

/** Options of {@link listAttempts}. */
export interface AttemptOptions {
  readonly rooms: readonly string[];
  readonly seed: number;
  /** Random ones of each kind. */
  readonly count: number;
  /** Only of these kinds; default: of all. */
  readonly kinds?: readonly string[] | undefined;
}

type Rooms = Readonly<
  Record<
    string,
    (
      bench: Bench,
      options: Omit<AttemptOptions, "rooms" | "seed"> & {
        readonly draw: () => number;
      },
    ) => Promise<readonly Attempt[]>
  >
>;

const COMMIT = {
  template: "no train",
  program: "stages",
  calls: "write",
} as const;
const FORCED = {
  ...COMMIT,
  template: "whole",
  args: [JSON.stringify({ only: "train", force: ["train"], concurrency: 1 })],
} as const;
const REPORT = {
  template: "no report",
  program: "cli",
  role: "runner",
  calls: "write",
} as const;
const READING = { ...COMMIT, role: "any", calls: "read" } as const;

const rooms: Rooms = {
  kill: async (bench, { draw, count }) =>
    (["whole group", "runner", "worker"] satisfies Victim[]).flatMap((victim) =>
      Array.from({ length: count }, (_, i) =>
        killAtRandom(bench, {
          victim,
          program: i % 4 === 3 ? "cli" : "stages",
          draw,
        }))
    ),
  points: (bench, { kinds }) =>
    listAll(bench, kinds, [
      {
        ...COMMIT,
        role: "worker",
        action: "kill half",
        kind: "SIGKILL at each write of a commit",
      },
      {
        ...COMMIT,
        role: "runner",
        action: "kill half",
        kind: "SIGKILL at each write of the runner",
      },
      {
        ...FORCED,
        role: "worker",
        action: "kill half",
        kind: "SIGKILL at each write of replacing",
      },
      {
        ...REPORT,
        action: "kill half",
        kind: "SIGKILL at each write of a report",
      },
      {
        ...REPORT,
        template: "no train",
        action: "kill half",
        kind: "SIGKILL at each write of a run with report",
      },
    ]),
  errors: (bench, { kinds }) =>
    listAll(
      bench,
      kinds,
      (["ENOSPC", "EIO", "EACCES"] as const).flatMap((action) => {
        const lasting = action !== "EIO";
        const kind = (what: string) =>
          lasting
            ? `${action} from each write of a ${what} on`
            : `${action} at each write of a ${what}`;
        return [
          { ...COMMIT, role: "any", action, lasting, kind: kind("commit") },
          { ...REPORT, action, lasting, kind: kind("report") },
        ];
      }),
    ),
  reads: (bench, { kinds }) =>
    listAll(bench, kinds, [
      { ...READING, action: "EIO", kind: "EIO at each read" },
      { ...READING, action: "EACCES", kind: "EACCES at each read" },
      { ...READING, action: "EMFILE", kind: "EMFILE at each read" },
    ]),
  damage: async (bench, { draw }) => listDamages(bench, draw),
  race: async (bench, { draw, count }) =>
    Array.from({ length: Math.ceil(count / 4) }, () => [
      race(bench, { runs: 2 }),
      race(bench, { runs: 8 }),
      race(bench, { runs: 3, killAt: draw() }),
    ]).flat(),
  clock: async (bench, { draw }) => [
    ...[-5, 5, -48, 48].map((hours) => jump(bench, hours)),
    race(bench, { runs: 2, clockHours: [0, 5] }),
    race(bench, { runs: 2, clockHours: [-5, 5] }),
    race(bench, { runs: 3, clockHours: [0, -5 * draw(), 5 * draw()] }),
  ],
  edit: async (bench, { draw, count }) =>
    listEdits(bench, { draw, count: Math.ceil(count / 4) }),
};

/** Names of the rooms. */
export const ROOMS: readonly string[] = Object.keys(rooms);

/** Every attempt of some rooms, in the same order for the same seed. */
export async function listAttempts(
  bench: Bench,
  { rooms: wanted, seed, count, kinds }: AttemptOptions,
): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  for (const [i, room] of ROOMS.entries()) {
    if (!wanted.includes(room)) continue;
    const draw = random(seed * ROOMS.length + i);
    attempts.push(...await rooms[room]!(bench, { draw, count, kinds }));
  }
  return attempts.filter(({ kind }) => kinds?.includes(kind) ?? true);
}

/** A run for each plan, to count its calls: not for those of other kinds. */
async function listAll(
  bench: Bench,
  kinds: readonly string[] | undefined,
  plans: readonly PointsPlan[],
): Promise<readonly Attempt[]> {
  const all: Attempt[] = [];
  for (const plan of plans) {
    if (kinds?.includes(plan.kind) === false) continue;
    all.push(...await listPoints(bench, plan));
  }
  return all;
}
