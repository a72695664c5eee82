/**
 * A prior against itself: 100 pairs of configurations that differ in their seeds
 * alone, three trainings each side. At most as many as the marks allow may be
 * told apart: `npm run same`. What has been trained lies in the store, so it
 * goes on where it was stopped.
 *
 * @module
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { definePipeline, type Evaluation } from "../../core/mod.ts";
import { runAndRead } from "../../core/pipeline/runner.ts";
import { preparePlan } from "../../core/run.ts";
import { compareAll } from "../../core/statistics/compare_all.ts";
import type { Sample } from "../../core/statistics/sample.ts";
import { shuffledOrder } from "../../core/vae/model/batches.ts";
import { openStore } from "../../core/store/open.ts";
import { syntheticDigits } from "../../datasets/synthetic.ts";
import { gaussian } from "../../plugins/mod.ts";
import { mlp } from "../../plugins/networks/mod.ts";
import { encodeIdx } from "../datasets/encode_idx.ts";
import { BESIDE_EVALUATION } from "../evaluation_alone.ts";

const PAIRS = 100;
const SIDE = 3;
/** How often the seeds are dealt anew. */
const DEALS = 50;
/** Where everything lies; may be deleted. */
const FOLDER = join(tmpdir(), "vae-priors-same-prior");
/** Pixels of a side, of 28. */
const SIZE = 7;

const config = definePipeline({
  name: "same_prior",
  priors: [gaussian()],
  networks: mlp({ hidden: [32] }),
  latentDim: 4,
  seed: Array.from({ length: 2 * SIDE * PAIRS }, (_, seed) => seed),
  load_mnist: { dir: join(FOLDER, "data") },
  train: { epochs: 3, batchSize: 50 },
  evaluate: { nllImages: 100, nllSamples: 20, nllSweep: [] },
  without: BESIDE_EVALUATION,
});

writeDigits(1000, 500);
const plan = await preparePlan({ config, file: null, baseDirectory: FOLDER });
const store = await openStore(plan.config.storeDirectory);
const begun = performance.now();
let ran = 0;
const evaluations = await runAndRead(plan, {
  store,
  concurrency: 2,
  onEvent: (event) => {
    if (event.type !== "end" || event.node.stage.name !== "evaluate") return;
    if (event.outcome.status === "done" && ++ran % 50 === 0) {
      console.error(`${ran} trained`);
    }
  },
}, (result) => {
  if (result.status !== "done") {
    throw new Error(`Cannot compare: the run is ${result.status}, want done`);
  }
  return Promise.all(result.trials.map(async ({ stages }) => {
    const { key, name } = stages.find(({ name }) => name === "evaluate")!;
    const { evaluation } = await store.read({ stage: name, key });
    return evaluation as Evaluation;
  }));
});
console.log(`trained in ${Math.round((performance.now() - begun) / 1000)} s`);

for (const figure of ["elbo", "nll"] as const) {
  for (const seeds of [1, SIDE]) {
    // The seeds as they are numbered, and dealt anew: the level that 100 pairs estimate.
    const counts: number[] = [];
    for (let deal = 0; deal <= DEALS; deal++) {
      counts.push(await countTold(figure, seeds, deal));
    }
    const [first, ...dealt] = counts;
    const mean = dealt.reduce((sum, count) => sum + count, 0) / DEALS;
    console.log(
      `${figure}, ${seeds} against ${seeds}: ${first} of ${PAIRS} pairs marked; ${
        mean.toFixed(1)
      } where the seeds are dealt anew, mean of ${DEALS} times`,
    );
  }
}

async function countTold(
  figure: "elbo" | "nll",
  seeds: number,
  deal: number,
): Promise<number> {
  const order = deal === 0
    ? evaluations.map((_, i) => i)
    : [...shuffledOrder(evaluations.length, { seed: 18, epoch: deal })];
  let told = 0;
  for (let pair = 0; pair < PAIRS; pair++) {
    const sides = [0, 1].map((side) => {
      const first = (2 * pair + side) * SIDE;
      const chosen = order.slice(first, first + seeds);
      return sampleOf(chosen.map((seed) => evaluations[seed]!), figure);
    });
    const standing = await compareAll(sides, "high");
    if (standing?.leading.length === 1) told++;
  }
  return told;
}

function sampleOf(
  evaluations: readonly Evaluation[],
  figure: "elbo" | "nll",
): Sample {
  return {
    values: evaluations.map((one) => one[figure]!.mean),
    terms: evaluations.map(({ terms }) =>
      figure === "nll"
        ? terms!.nll!
        : terms!.reconstruction.map((value, i) => -value - terms!.kl[i]!)
    ),
    errors: null,
  };
}

/** Drawn digits, each pixel the mean of four by four. */
function writeDigits(train: number, test: number): void {
  const digits = syntheticDigits({ train, test });
  const folder = join(FOLDER, "data");
  mkdirSync(folder, { recursive: true });
  const names = [["train", digits.train], ["t10k", digits.test]] as const;
  for (const [name, { count, images, labels }] of names) {
    const write = (kind: string, sizes: number[], data: Uint8Array) =>
      writeFileSync(join(folder, `${name}-${kind}`), encodeIdx(sizes, data));
    write("images-idx3-ubyte", [count, SIZE, SIZE], pooled(images, count));
    write("labels-idx1-ubyte", [count], Uint8Array.from(labels));
  }
}

function pooled(images: Uint8Array, count: number): Uint8Array {
  const cell = 28 / SIZE;
  return Uint8Array.from({ length: count * SIZE * SIZE }, (_, place) => {
    const [image, row, column] = [
      Math.floor(place / SIZE ** 2),
      Math.floor(place / SIZE) % SIZE,
      place % SIZE,
    ];
    let sum = 0;
    for (let i = 0; i < cell * cell; i++) {
      const y = row * cell + Math.floor(i / cell);
      sum += images[image * 784 + y * 28 + column * cell + i % cell]!;
    }
    return sum / cell ** 2;
  });
}
