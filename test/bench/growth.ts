/** How the step grows with its sizes, and whether memory stays flat. @module */

import type { BenchOptions } from "./bench.ts";
import { timingOf } from "./contenders.ts";
import { runScript } from "./process.ts";
import { figure, table } from "./table.ts";

const SIZES: Readonly<Record<string, readonly number[]>> = {
  batch: [64, 128, 256, 512],
  hidden: [200, 400, 800],
  latent: [2, 20, 100],
  images: [2048, 60_000],
};

/** Milliseconds a compiled step for one size after the other. */
export async function growth(options: BenchOptions): Promise<string> {
  const rows: string[][] = [];
  for (const [name, sizes] of Object.entries(SIZES)) {
    const cells: string[] = [];
    for (const size of options.quick ? sizes.slice(0, 2) : sizes) {
      const timing = timingOf(
        await runScript("step.ts", [
          "normal",
          "native",
          "compiled",
          `--${name}`,
          String(size),
          "--steps",
          String(options.steps),
        ]),
      );
      cells.push(
        `${size}: ${
          typeof timing === "string" ? timing : figure(timing.median)
        }`,
      );
    }
    rows.push([name, cells.join(", ")]);
  }
  return `## Growth of the compiled step, N(0,1), milliseconds\n\n${
    table(["size", "milliseconds a step"], rows)
  }`;
}

/** Tensors and memory over many steps. */
export async function memory(options: BenchOptions): Promise<string> {
  const count = options.quick ? 500 : 10_000;
  const rows: string[][] = [];
  for (const prior of ["normal", "beta11", "gamma32"]) {
    const timing = timingOf(
      await runScript("step.ts", [
        prior,
        "native",
        "compiled",
        "--steps",
        String(count),
      ]),
    );
    rows.push(
      typeof timing === "string" ? [prior, timing, "", ""] : [
        prior,
        String(timing.newTensors),
        figure(timing.grownMiB, 1),
        figure(timing.rssMiB, 0),
      ],
    );
  }
  return `## Memory over ${count.toLocaleString("en")} compiled steps\n\n${
    table(["prior", "new tensors", "growth, MiB", "resident in all, MiB"], rows)
  }`;
}
