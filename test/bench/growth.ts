/** How the step grows with its sizes, and whether memory stays flat. @module */

import type { BenchOptions } from "./bench.ts";
import { timingOf } from "./contenders.ts";
import { runScript } from "./process.ts";
import { figure, table } from "./table.ts";

/** A program, what of it grows, and how far. */
interface Growth {
  readonly title: string;
  readonly command: readonly [string, ...string[]];
  /** Steps for one of the dense model's: these take longer. */
  readonly share: number;
  readonly sizes: Readonly<Record<string, readonly number[]>>;
}

const GROWTHS: readonly Growth[] = [{
  title: "N(0,1)",
  command: ["step.ts", "normal", "native", "compiled"],
  share: 1,
  sizes: {
    batch: [64, 128, 256, 512],
    hidden: [200, 400, 800],
    latent: [2, 20, 100],
    images: [2048, 60_000],
  },
}, {
  title: "N(0,1), convolutions",
  command: ["conv_step.ts", "native", "compiled"],
  share: 1 / 6,
  sizes: {
    batch: [64, 128, 256],
    draws: [1, 2, 5, 10],
    side: [28, 40, 56],
  },
}];

/** Milliseconds a compiled step for one size after the other. */
export async function growth(options: BenchOptions): Promise<string> {
  const parts: string[] = [];
  for (const { title, command, share, sizes } of GROWTHS) {
    const [script, ...args] = command;
    const steps = String(Math.ceil(options.steps * share));
    const rows: string[][] = [];
    for (const [name, all] of Object.entries(sizes)) {
      const cells: string[] = [];
      for (const size of options.quick ? all.slice(0, 2) : all) {
        const timing = timingOf(
          await runScript(script, [
            ...args,
            `--${name}`,
            String(size),
            "--steps",
            steps,
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
    parts.push(
      `## Growth of the compiled step, ${title}, milliseconds\n\n${
        table(["size", "milliseconds a step"], rows)
      }`,
    );
  }
  return parts.join("\n\n");
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
