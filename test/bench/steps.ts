/** The training step against its peers and its floor. @module */

import { loadavg } from "node:os";
import type { BenchOptions } from "./bench.ts";
import {
  type Contender,
  floor,
  type Measured,
  ourContenders,
  peerContenders,
} from "./contenders.ts";
import type { Section } from "./figures_file.ts";
import { type ModelName, MODELS, SEED_MODELS } from "./models.ts";
import { comparable, isBusy, type Round, RULES } from "./rules.ts";
import { figure, median, table } from "./table.ts";

const THREADS = 2;

/** A model's row: who took what in each round. */
interface Row {
  readonly model: ModelName;
  readonly rounds: readonly Round[];
}

/** Milliseconds a step of every contender for the four priors, and ratios. */
export async function steps(options: BenchOptions): Promise<Section> {
  const settings = { ...options, threads: THREADS };
  const { compiled, eager, wasm } = ourContenders(settings);
  const { contenders: peers, missing } = await peerContenders(settings);
  return await compare({
    title:
      `Training step, milliseconds (784-400-20, batch 128, ${THREADS} threads)`,
    models: SEED_MODELS,
    contenders: [compiled, eager, wasm, ...peers, floor(settings)],
    // The floor is of the first model's products.
    only: { "matrix products alone": "normal" },
    missing,
    options,
  });
}

/** The same of the larger networks. */
export async function networks(options: BenchOptions): Promise<Section> {
  const settings = { ...options, threads: THREADS };
  const { compiled, wasm } = ourContenders(settings);
  const { contenders: peers, missing } = await peerContenders(settings);
  const small: readonly string[] = SEED_MODELS;
  return await compare({
    title:
      `Training step of larger networks, milliseconds (${THREADS} threads)`,
    models: (Object.keys(MODELS) as ModelName[]).filter((name) =>
      !small.includes(name)
    ),
    contenders: [compiled, wasm, ...peers],
    missing,
    options,
  });
}

interface Comparison {
  readonly title: string;
  readonly models: readonly ModelName[];
  /** Ours that all are compared with, first. */
  readonly contenders: readonly Contender[];
  /** Contenders that have but one of the models. */
  readonly only?: Readonly<Record<string, ModelName>>;
  readonly missing: readonly string[];
  readonly options: BenchOptions;
}

async function compare(
  { title, models, contenders, only = {}, missing, options }: Comparison,
): Promise<Section> {
  const rows: Row[] = [];
  const notes = [...missing];
  for (const model of models) {
    const taking = contenders.filter(({ name }) =>
      (only[name] ?? model) === model
    );
    const rounds: Round[] = [];
    for (let round = 0; round < options.rounds; round++) {
      rounds.push(await takeTurns(taking, model, notes));
    }
    rows.push({ model, rounds });
  }
  const names = contenders.map(({ name }) => name);
  const [ours, ...others] = names as [string, ...string[]];
  const time = ({ rounds }: Row, name: string) =>
    median(rounds.map(({ by }) => by[name]?.median ?? NaN));
  const figures = Object.fromEntries(
    rows.flatMap((row) =>
      names.flatMap((name) => {
        const value = time(row, name);
        return Number.isNaN(value) ? [] : [[`${row.model}, ${name}`, value]];
      })
    ),
  );
  const lines = [
    `### ${title}`,
    ...notes.map((line) => `_${line}_`),
    "",
    table(
      ["", ...names, "load, spread"],
      rows.map((row) => [
        MODELS[row.model].title,
        ...names.map((name) => figure(time(row, name))),
        stateOf(row.rounds),
      ]),
    ),
    "",
    `${ours} against each (below 1: faster):`,
    "",
    table(
      ["", ...others],
      rows.map((row) => [
        MODELS[row.model].title,
        ...others.map((name) => comparable(row.rounds, ours, name)),
      ]),
    ),
    "",
    RULES,
    "",
    "What was timed, and the key that its training has:",
    "",
    ...timedLines(rows, ours),
  ];
  return { markdown: lines.join("\n"), figures };
}

async function takeTurns(
  contenders: readonly Contender[],
  model: ModelName,
  notes: string[],
): Promise<Round> {
  const [load = 0] = loadavg();
  const by: Record<string, Measured> = {};
  for (const { name, time } of contenders) {
    const found = await time(model);
    if (typeof found === "string") {
      notes.push(`${name}, ${MODELS[model].title}: ${found}`);
    } else by[name] = found;
  }
  return { load, by };
}

function stateOf(rounds: readonly Round[]): string {
  const spreads = rounds.flatMap(({ by }) =>
    Object.values(by).flatMap(({ min, median, max = median }) => max / min)
  );
  const load = Math.max(...rounds.map(({ load }) => load));
  const text = `${figure(load, 1)}, ${figure(Math.max(...spreads))}`;
  return isBusy(rounds) ? `**busy** ${text}` : text;
}

/** Settings of the first in full, of the others what differs. */
function timedLines(rows: readonly Row[], ours: string): string[] {
  const first = rows[0]?.rounds[0]?.by[ours]?.trial ?? {};
  return rows.map(({ model, rounds }, i) => {
    const { trial = {}, key = "" } = rounds[0]?.by[ours] ?? {};
    const settings = Object.entries(trial).filter(([name, value]) =>
      i === 0 || first[name] !== value
    ).map(([name, value]) => `${name} ${value}`);
    const text = settings.length === 0 ? "the same" : settings.join(", ");
    return `- ${MODELS[model].title}, ${key.slice(0, 12)}: ${text}`;
  });
}
