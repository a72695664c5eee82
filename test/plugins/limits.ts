/**
 * Whether the NLL of one draw and -ELBO are of the same model, for every prior
 * at the limits of its options: `npm run limits`. All numbers are at their
 * smallest or at their largest, with every combination of what else is to be
 * chosen, in 2, 20 and 100 dimensions. The images are MNIST's, of `MNIST_DIR`;
 * what has been trained lies in the store, so it goes on where it was stopped.
 * `-- --prior beta` looks at that one alone.
 *
 * The NLL of one draw has the mean of -ELBO. Above it by more than its error,
 * KL, densities and draws do not belong together, and the program ends with 1.
 * Below it, single precision cannot tell the draws apart, and the ELBO is too
 * low by that much: `evaluate` says so.
 *
 * @module
 */

import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { definePipeline, type Evaluation } from "../../core/mod.ts";
import { runAndRead } from "../../core/pipeline/runner.ts";
import { isMade } from "../../core/pipeline/status.ts";
import { preparePlan } from "../../core/run.ts";
import { openStore } from "../../core/store/open.ts";
import { estimate } from "../../core/vae/model/estimate.ts";
import { type BuiltIn, builtIns } from "../../core/vae/plugin/built_in.ts";
import { loadPlugin } from "../../core/vae/plugin/load.ts";
import { priorKind } from "../../core/vae/prior_axis.ts";
import { BESIDE_EVALUATION } from "../evaluation_alone.ts";
import { scriptFlags } from "../script_flags.ts";
import { choicesOf, numbersAt } from "./_limits.ts";

/** Where everything lies; may be deleted. */
const FOLDER = join(tmpdir(), "vae-priors-limits");
/** Standard errors: a false alarm in two million rows. */
const SIGMAS = 5;
/** Nats, of single precision: least, and relative to the ELBO. */
const ROUNDING = 1e-3;
const RELATIVE = 1e-5;

const values = scriptFlags({
  prior: { type: "string", multiple: true, default: [] },
  images: { type: "string", default: "5000" },
  epochs: { type: "string", default: "2" },
  evaluated: { type: "string", default: "2000" },
  engine: { type: "string", default: "wasm" },
});
const { images, epochs, evaluated } = Object.fromEntries(
  ["images", "epochs", "evaluated"].map((name) => [
    name,
    Number(Reflect.get(values, name)),
  ]),
) as Record<"images" | "epochs" | "evaluated", number>;

const settings = (await Promise.all(
  builtIns(priorKind).filter(isWanted).map(async ({ url, name }) => {
    const { definition } = await loadPlugin(priorKind, url);
    return (["minimum", "maximum"] as const).flatMap((limit) =>
      choicesOf(definition).map((choice) => ({
        name,
        options: { ...numbersAt(limit, definition), ...choice },
      }))
    );
  }),
)).flat();
const priors = new Map(
  settings.map(({ name, options }) => [
    JSON.stringify([name, options]),
    [name, options] as [string, Record<string, unknown>],
  ]),
);

mkdirSync(FOLDER, { recursive: true });
const plan = await preparePlan({
  config: definePipeline({
    name: "limits",
    priors: [...priors.values()],
    latentDim: [2, 20, 100],
    engine: values.engine as "wasm" | "native",
    load_mnist: { source: "files", trainLimit: images, testLimit: evaluated },
    train: { epochs },
    evaluate: { nllImages: evaluated, nllSamples: 1, nllSweep: [] },
    without: BESIDE_EVALUATION,
  }),
  file: null,
  baseDirectory: FOLDER,
});
const store = await openStore(plan.config.storeDirectory);
let done = 0;
const rows = await runAndRead(plan, {
  store,
  concurrency: 1,
  onEvent: (event) => {
    if (event.type !== "end") return;
    const { title, stage: { name } } = event.node;
    const { status, error } = event.outcome;
    if (status === "failed") {
      console.error(`${title} failed: ${error?.message}`);
    }
    if (name === "evaluate") {
      console.error(`${++done} of ${plan.trials.length}`);
    }
  },
}, ({ trials }) =>
  Promise.all(trials.map(async ({ trial, stages }) => {
    const end = stages.find(({ name }) => name === "evaluate")!;
    const evaluation = isMade(end)
      ? (await store.read({ stage: end.name, key: end.key }))
        .evaluation as Evaluation
      : null;
    return { label: trial.label, evaluation };
  })));

console.log("| prior | -ELBO | NLL of one draw | difference | |");
console.log("| --- | --- | --- | --- | --- |");
const verdicts = rows.map(({ label, evaluation }) => {
  const { cells, verdict } = evaluation === null
    ? { cells: ["", "", ""], verdict: "not trained" }
    : compared(evaluation);
  console.log(`| ${[label, ...cells, verdict].join(" | ")} |`);
  return verdict;
});
const count = (verdict: string) =>
  verdicts.filter((one) => one === verdict).length;
console.log(
  `\n${rows.length} rows: ${count("above")} above, ${count("below")} below, ${
    count("not trained")
  } not trained`,
);
if (count("above") + count("not trained") > 0) process.exitCode = 1;

/** Whether a prior was asked for. */
function isWanted({ name }: BuiltIn): boolean {
  return values.prior.length === 0 || values.prior.includes(name);
}

/** Of the same images, each with its difference. */
function compared({ terms, elbo, nll }: Evaluation) {
  const { reconstruction, kl, nll: single } = terms!;
  const { mean, standardError } = estimate(
    single!.map((value, i) => value - reconstruction[i]! - kl[i]!),
  );
  const allowed = SIGMAS * standardError + ROUNDING +
    RELATIVE * Math.abs(elbo.mean);
  const cells = [
    (-elbo.mean).toFixed(2),
    nll!.mean.toFixed(2),
    `${mean.toFixed(3)} ± ${standardError.toFixed(3)}`,
  ];
  const verdict = mean > allowed ? "above" : mean < -allowed ? "below" : "";
  return { cells, verdict };
}
