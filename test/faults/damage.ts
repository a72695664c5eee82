/**
 * Artifacts that the disk has damaged.
 *
 * @module
 */

import {
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { artifactsOf, type Bench, compare, readStages } from "./_bench.ts";
import { countQuarantined, digestStore, findHalves } from "./_check.ts";
import type { Program } from "./_project.ts";
import type { Attempt } from "./_tally.ts";

/** What can happen to a file; each leaves it different. */
const DAMAGES = {
  "truncated": (file: string) =>
    truncateSync(file, Math.floor(readFileSync(file).length / 2)),
  "emptied": (file: string) => truncateSync(file, 0),
  "a bit flipped": (file: string, draw: () => number) => {
    const bytes = readFileSync(file);
    const at = Math.floor(draw() * bytes.length);
    bytes[at]! ^= 1 << Math.floor(draw() * 8);
    writeFileSync(file, bytes);
  },
  "removed": (file: string) => rmSync(file),
} as const;

/** What has to be read again, for the damage to be noticed by whoever reads. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  load_mnist: ["build_encoder"],
  train: ["sample", "evaluate"],
};
const FILES = ["value.json", "arrays.safetensors", "manifest.json"];

/** Each kind of damage to each kind of file. */
export function listDamages(
  bench: Bench,
  draw: () => number,
): readonly Attempt[] {
  const kinds = Object.keys(DAMAGES) as (keyof typeof DAMAGES)[];
  const report = damageOne(bench, {
    stage: "train",
    file: "value.json",
    kind: "a bit flipped",
    draw,
    program: "cli",
  });
  const others = Object.keys(READERS).flatMap((stage) =>
    [...FILES, ...stage === "train" ? ["history.json", "metrics.jsonl"] : []]
      .flatMap((file) =>
        kinds.map((kind) =>
          damageOne(bench, { stage, file, kind, draw, program: "stages" })
        )
      )
  );
  return [report, ...others];
}

function damageOne(
  bench: Bench,
  { stage, file, kind, draw, program }: {
    readonly stage: string;
    readonly file: string;
    readonly kind: keyof typeof DAMAGES;
    readonly draw: () => number;
    /** Who reads: a stage, or with "cli" the report. */
    readonly program: Program;
  },
): Attempt {
  const readers = program === "cli" ? [] : READERS[stage]!;
  return {
    kind: `artifact's file ${kind}${
      program === "cli" ? ", read by the report" : ""
    }`,
    what: `${stage}/${file}`,
    attempt: async () => {
      const { project, reference } = bench;
      bench.prepare("no report");
      const store = join(project.outputs, "store");
      for (const reader of readers) {
        rmSync(join(store, reader), { recursive: true });
      }
      const [key] = readdirSync(join(store, stage)).sort();
      DAMAGES[kind](join(store, stage, key!, file), draw);
      const run = await project.run({ program });
      const told = program === "cli"
        ? run.out
        : readStages(run)?.warnings.join("\n") ?? "";
      const complaints = [
        ...run.code === 0 ? [] : [`it ended with ${run.code}: ${run.err}`],
        ...countQuarantined(project.outputs) === 1
          ? []
          : ["it is not in quarantine"],
        ...told.includes("quarantine") ? [] : ["nobody was told"],
        ...compare(digestStore(project.outputs), reference),
        ...findHalves(project.outputs),
      ];
      // A bit of a manifest that says nothing about files may be any.
      const isHarmless = file === "manifest.json" && kind === "a bit flipped" &&
        artifactsOf(digestStore(project.outputs)).size === bench.size &&
        countQuarantined(project.outputs) === 0;
      return { happened: true, complaints: isHarmless ? [] : complaints };
    },
  };
}
