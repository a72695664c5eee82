/**
 * `npm run bench`: how fast it is, side by side with its peers in one run.
 *
 *     npm run bench -- [--python path ...] [--peers folder] [--rounds n]
 *       [--steps n] [--only part ...] [--quick] [--save] [--against file]
 *     npm run bench -- --tables
 *
 * Every figure is a median over rounds in which all contenders take turns, so
 * that a machine that slows down slows them all; ratios are taken within a
 * round. Prints Markdown; `--save` keeps it with the figures by date and
 * processor, `--against` tells what got slower than such a file, `--tables`
 * prints what the newest file of each processor has, for the README.
 *
 * @module
 */

import { join, resolve } from "node:path";
import { scriptFlags } from "../script_flags.ts";
import { PEERS } from "./contenders.ts";
import {
  emptyFile,
  type FiguresFile,
  readFigures,
  savedFigures,
  saveFigures,
  type Section,
  slowerThan,
  tablesOf,
} from "./figures_file.ts";
import { growth, memory } from "./growth.ts";
import { job, startUp } from "./job.ts";
import { matrix } from "./matrix.ts";
import { peerJob } from "./peer_job.ts";
import { networks, steps } from "./steps.ts";

/** How thoroughly to measure. */
export interface BenchOptions {
  readonly pythons: readonly string[];
  /** Folder of the peers' scripts, ending in a slash. */
  readonly peers: string;
  readonly rounds: number;
  readonly steps: number;
  readonly quick: boolean;
}

const SECTIONS = {
  steps,
  networks,
  growth,
  memory,
  job,
  peers: peerJob,
  start: startUp,
  matrix,
};

const values = scriptFlags({
  python: { type: "string", multiple: true, default: ["python3"] },
  peers: { type: "string", default: PEERS },
  rounds: { type: "string", default: "3" },
  steps: { type: "string", default: "300" },
  only: { type: "string", multiple: true },
  quick: { type: "boolean", default: false },
  save: { type: "boolean", default: false },
  against: { type: "string" },
  tables: { type: "boolean", default: false },
});

if (values.tables) {
  const newest = new Map(
    savedFigures().map(([, file]) => [file.processor, file] as const),
  );
  console.log([...newest.values()].map(tablesOf).join("\n\n"));
} else await measure();

async function measure(): Promise<void> {
  const wanted = values.only ?? Object.keys(SECTIONS);
  for (const name of wanted) {
    if (name in SECTIONS) continue;
    console.error(
      `Cannot measure "${name}": want one of ${
        Object.keys(SECTIONS).join(", ")
      }`,
    );
    process.exit(2);
  }
  // Where the file is not to be had, that is to be said before an hour has gone.
  const before = values.against === undefined
    ? undefined
    : readFigures(values.against);
  const options: BenchOptions = {
    pythons: values.python,
    peers: join(resolve(values.peers), "/"),
    rounds: values.quick ? 1 : Number(values.rounds),
    steps: values.quick ? 50 : Number(values.steps),
    quick: values.quick,
  };
  const empty = emptyFile();
  console.log(`## ${empty.date}, ${empty.machine}\n`);
  const sections: Record<string, Section> = {};
  for (const [name, section] of Object.entries(SECTIONS)) {
    if (!wanted.includes(name)) continue;
    sections[name] = await section(options);
    console.log(`${sections[name].markdown}\n`);
  }
  const file: FiguresFile = { ...empty, sections };
  if (before !== undefined) console.log(slowerThan(file, before));
  if (values.save) console.log(`Saved in ${saveFigures(file)}`);
}
