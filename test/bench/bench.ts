/**
 * `npm run bench`: how fast it is, side by side with its peers in one run.
 *
 *     npm run bench -- [--python path ...] [--peers folder] [--rounds n]
 *       [--steps n] [--only steps|growth|memory|job|start|matrix] [--quick]
 *
 * Every figure is a median over rounds in which all contenders take turns, so
 * that a machine that slows down slows them all; ratios are taken within a
 * round. Prints Markdown.
 *
 * @module
 */

import { arch, cpus, platform, release } from "node:os";
import { join, resolve } from "node:path";
import { scriptFlags } from "../script_flags.ts";
import { PEERS } from "./contenders.ts";
import { growth, memory } from "./growth.ts";
import { job, startUp } from "./job.ts";
import { matrix } from "./matrix.ts";
import { steps } from "./steps.ts";

const values = scriptFlags({
  python: { type: "string", multiple: true, default: ["python3"] },
  peers: { type: "string", default: PEERS },
  rounds: { type: "string", default: "3" },
  steps: { type: "string", default: "300" },
  only: { type: "string", multiple: true },
  quick: { type: "boolean", default: false },
});
const options: BenchOptions = {
  pythons: values.python,
  peers: join(resolve(values.peers), "/"),
  rounds: values.quick ? 1 : Number(values.rounds),
  steps: values.quick ? 50 : Number(values.steps),
  quick: values.quick,
};

/** How thoroughly to measure. */
export interface BenchOptions {
  readonly pythons: readonly string[];
  readonly peers: string;
  readonly rounds: number;
  readonly steps: number;
  readonly quick: boolean;
}

const sections = { steps, growth, memory, job, start: startUp, matrix };
const wanted = values.only ?? Object.keys(sections);
for (const name of wanted) {
  if (name in sections) continue;
  console.error(
    `Cannot measure "${name}": want one of ${Object.keys(sections).join(", ")}`,
  );
  process.exit(2);
}

const [cpu] = cpus();
console.log(
  `${
    new Date().toISOString().slice(0, 10)
  }, ${cpu?.model.trim()} (${cpus().length} cores), ` +
    `${platform()} ${release()} ${arch()}, Node ${process.versions.node}\n`,
);
for (const [name, section] of Object.entries(sections)) {
  if (wanted.includes(name)) console.log(`${await section(options)}\n`);
}
