/** How the step grows with its sizes, and whether memory stays flat. @module */

import type { BenchOptions } from "./bench.ts";
import { timingOf } from "./contenders.ts";
import type { Section } from "./figures_file.ts";
import { runScript } from "./process.ts";
import type { StepTiming } from "./step.ts";
import { figure, table } from "./table.ts";

/** What of a model grows: flags of step.ts for each size. */
interface Growth {
  readonly what: string;
  readonly model: string;
  readonly sizes: readonly number[];
  readonly flags: (size: number) => readonly string[];
  /** Steps for one of the default config's. */
  readonly share: number;
}

const set = (key: string) => (size: number) => ["--set", `${key}=${size}`];
const iwae = (samples: number) => [
  "--set",
  `objectives=[["iwae",{"samples":${samples}}]]`,
];

const GROWTHS: readonly Growth[] = [{
  what: "batch",
  model: "normal",
  sizes: [64, 128, 256, 512, 1024, 2048],
  flags: set("train.batchSize"),
  share: 1,
}, {
  what: "width",
  model: "normal",
  sizes: [200, 400, 800, 2000],
  flags: (size) => ["--set", `networks=[["mlp",{"hidden":[${size}]}]]`],
  share: 1,
}, {
  what: "latent dimension",
  model: "normal",
  sizes: [2, 20, 100],
  flags: set("latentDim"),
  share: 1,
}, {
  what: "training images",
  model: "normal",
  sizes: [2048, 60_000],
  flags: (size) => ["--images", String(size)],
  share: 1,
}, {
  what: "side of an image",
  model: "normal",
  sizes: [28, 64, 128],
  flags: (size) => ["--side", String(size)],
  share: 1 / 3,
}, {
  what: "batch, conv",
  model: "conv",
  sizes: [64, 128, 256],
  flags: set("train.batchSize"),
  share: 1 / 6,
}, {
  what: "draws, conv",
  model: "conv",
  sizes: [1, 2, 5, 10],
  flags: iwae,
  share: 1 / 6,
}, {
  what: "side of an image, conv",
  model: "conv",
  sizes: [28, 40, 56],
  flags: (size) => ["--side", String(size)],
  share: 1 / 6,
}];

/** Time of a compiled step for one size after the other. */
export async function growth(options: BenchOptions): Promise<Section> {
  const figures: Record<string, number> = {};
  const rows: string[][] = [];
  for (const { what, model, sizes, flags, share } of GROWTHS) {
    const found: (readonly [size: number, ms: number])[] = [];
    const cells: string[] = [];
    for (const size of options.quick ? sizes.slice(0, 2) : sizes) {
      const timing = await timeStep([
        model,
        ...flags(size),
        "--steps",
        String(Math.ceil(options.steps * share)),
      ]);
      if (typeof timing === "string") {
        cells.push(`${size}: ${timing}`);
        continue;
      }
      found.push([size, timing.median]);
      figures[`${what} ${size}`] = timing.median;
      cells.push(`${size}: ${figure(timing.median)}`);
    }
    rows.push([what, cells.join(", "), figure(slope(found))]);
  }
  return {
    markdown: `### Growth of the compiled step, N(0,1), milliseconds\n\n${
      table(["", "milliseconds a step", "slope"], rows)
    }\n\nSlope: by what power of the size the time grows, from the first to the last.`,
    figures,
  };
}

/** Tensors and memory over many steps. */
export async function memory(options: BenchOptions): Promise<Section> {
  const count = options.quick ? 500 : 100_000;
  const rows: string[][] = [];
  const figures: Record<string, number> = {};
  for (const model of ["normal", "beta11", "gamma32"]) {
    // Most of the time is for one prior: it is the step that could leak.
    const steps = model === "normal" ? count : Math.ceil(count / 10);
    const timing = await timeStep([model, "--steps", String(steps)]);
    if (typeof timing === "string") rows.push([model, timing, "", "", ""]);
    else {
      figures[`${model}, resident MiB`] = timing.rssMiB;
      rows.push([
        model,
        steps.toLocaleString("en"),
        String(timing.newTensors),
        figure(timing.grownMiB, 1),
        figure(timing.rssMiB, 0),
      ]);
    }
  }
  return {
    markdown: `### Memory of a training, after its second epoch\n\n${
      table(
        [
          "prior",
          "steps",
          "new tensors",
          "growth, MiB",
          "resident in all, MiB",
        ],
        rows,
      )
    }`,
    figures,
  };
}

async function timeStep(flags: readonly string[]) {
  return timingOf<StepTiming>(
    await runScript("step.ts", [
      ...flags,
      "--set",
      "engine=native",
      "--set",
      "threads=2",
    ]),
  );
}

/** d log(time) / d log(size) from the first size to the last. */
function slope(found: readonly (readonly [number, number])[]): number {
  const [first, last] = [found[0], found.at(-1)];
  if (first === undefined || last === undefined || first === last) return NaN;
  return Math.log(last[1] / first[1]) / Math.log(last[0] / first[0]);
}
