/**
 * Every kind of change that a person makes between two runs, with what has to
 * run again for it, and what is said of it.
 *
 * @module
 */

import { readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { EngineInfo } from "../../../core/engine/engine.ts";
import { describeProcessor } from "../../../core/engine/surroundings.ts";
import type { ChangesProject, PlanOptions } from "./project.ts";

/** A change, and what is expected of it. */
export interface ChangeCase {
  readonly what: string;
  /** An engine that need not be here: nothing runs, and the store is made to look as if it had. */
  readonly before?: PlanOptions & { readonly cpu?: string };
  readonly apply?: (project: ChangesProject) => void;
  /** How the run is asked for. */
  readonly asked?: PlanOptions;
  /** Stages that run again, with how many of the runs; none: `nothing`. */
  readonly reruns: string;
  /** What `why` says, each thing once. */
  readonly why: readonly string[];
}

const ALL = "numbers, scale 3 of 3, measure 3 of 3";
const ALL_PRIORS = "scale 3 of 3, measure 3 of 3";
const TOYS = "scale 2 of 3, measure 2 of 3";
const ONE = "scale 1 of 3, measure 1 of 3";
const MEASURE = "measure 3 of 3";
const NOTHING = { reruns: "nothing", why: [] };

const native: EngineInfo = { name: "native", version: "tensorflow 2" };
const wasm: EngineInfo = { name: "wasm", version: "tfjs-backend-wasm 4" };

/** In the order of the table in `core/pipeline/README.md`. */
export const CHANGES: readonly ChangeCase[] = [
  { what: "nothing", ...NOTHING },
  {
    what: "an option of a stage",
    apply: ({ configure }) => configure({ scale: { limit: 5 } }),
    reruns: ALL_PRIORS,
    why: ["scale.limit 9 -> 5"],
  },
  {
    what: "a default written out",
    apply: ({ configure }) => configure({ scale: { offset: 0 } }),
    ...NOTHING,
  },
  {
    what: "options in another order",
    apply: ({ configure }) => configure({ numbers: { first: 1, count: 3 } }),
    ...NOTHING,
  },
  {
    what: "an option left out that was set",
    apply: ({ configure }) => configure({ numbers: { count: 3 } }),
    reruns: ALL,
    why: ["numbers.first 1 -> 0"],
  },
  {
    what: "spaces in the config",
    apply: ({ edit }) => edit("pipeline.config.json", "{", "{\n\n"),
    ...NOTHING,
  },
  { what: "the config's name", apply: rename, ...NOTHING },
  {
    what: "the config's file",
    apply: ({ folder }) =>
      renameSync(
        join(folder, "pipeline.config.json"),
        join(folder, "other.config.json"),
      ),
    asked: { config: "other.config.json" },
    ...NOTHING,
  },
  {
    what: "a preset that sets an option",
    asked: { preset: "quick" },
    reruns: ALL_PRIORS,
    why: ["scale.offset 0 -> 1"],
  },
  {
    what: "the folder of the outputs, moved",
    apply: ({ folder, configure }) => {
      renameSync(join(folder, "outputs"), join(folder, "results"));
      configure({ outputs: "results" });
    },
    ...NOTHING,
  },
  {
    what: "a prior's option",
    apply: ({ configure }) =>
      configure({ priors: ["./toy.ts", ["./toy.ts", { factor: 3 }], "tin"] }),
    reruns: ONE,
    why: ["prior toy: factor 2 -> 3"],
  },
  {
    what: "a prior more",
    apply: ({ configure }) =>
      configure({
        priors: ["./toy.ts", ["./toy.ts", { factor: 2 }], "tin", [
          "./toy.ts",
          { factor: 3 },
        ]],
      }),
    reruns: "scale 1 of 4, measure 1 of 4",
    why: ["new"],
  },
  {
    what: "a prior less",
    apply: ({ configure }) => configure({ priors: ["tin"] }),
    ...NOTHING,
  },
  {
    what: "priors in another order",
    apply: ({ configure }) =>
      configure({ priors: ["tin", ["./toy.ts", { factor: 2 }], "./toy.ts"] }),
    ...NOTHING,
  },
  {
    what: "the seed",
    apply: ({ configure }) => configure({ seed: 7 }),
    reruns: ALL,
    why: ["seed 0 -> 7"],
  },
  {
    what: "a seed more",
    apply: ({ configure }) => configure({ seed: [0, 7] }),
    reruns: "numbers 1 of 2, scale 3 of 6, measure 3 of 6",
    why: ["new"],
  },
  {
    what: "the latent dimension",
    apply: ({ configure }) => configure({ latentDim: 2 }),
    reruns: ALL_PRIORS,
    why: ["latentDim 20 -> 2"],
  },
  {
    what: "stages side by side",
    apply: ({ configure }) => configure({ concurrency: 7 }),
    ...NOTHING,
  },
  {
    what: "a comment in a helper",
    apply: ({ edit }) => edit("shape.ts", "Twice", "Two times"),
    ...NOTHING,
  },
  {
    what: "formatting and types of a helper",
    apply: ({ edit }) =>
      edit("shape.ts", "x: number): number {\n", "x: any) {\n\n"),
    ...NOTHING,
  },
  {
    what: "a function that nobody uses, in a helper",
    apply: ({ edit }) =>
      edit("shape.ts", "/** Twice", "export const one = () => 1;\n/** Twice"),
    ...NOTHING,
  },
  {
    what: "code of a helper",
    apply: ({ edit }) => edit("shape.ts", "2 * x", "x + x"),
    reruns: TOYS,
    why: ["prior toy: helper shape.ts changed: +1 -1"],
  },
  {
    what: "code of a plugin and of its helper",
    apply: ({ edit }) => {
      edit("shape.ts", "  return 2 * x;", "  const y = x;\n  return y + x;");
      edit("toy.ts", "twice(factor)", "-twice(-factor)");
    },
    reruns: TOYS,
    why: [
      "prior toy: toy.ts changed: +1 -1",
      "prior toy: helper shape.ts changed: +2 -1",
    ],
  },
  {
    what: "a plugin's version",
    apply: ({ edit }) => edit("toy.ts", '"1.0.0"', '"1.1.0"'),
    reruns: TOYS,
    why: [
      "prior toy: version 1.0.0 -> 1.1.0",
      "prior toy: toy.ts changed: +1 -1",
    ],
  },
  {
    what: "a plugin's name",
    apply: ({ edit }) => edit("toy.ts", 'name: "toy"', 'name: "cup"'),
    reruns: TOYS,
    why: ["prior toy -> cup", "prior cup: toy.ts changed: +1 -1"],
  },
  {
    what: "a plugin's file, moved",
    apply: ({ folder, configure }) => {
      renameSync(join(folder, "toy.ts"), join(folder, "cup.ts"));
      configure({ priors: ["./cup.ts", ["./cup.ts", { factor: 2 }], "tin"] });
    },
    ...NOTHING,
  },
  {
    what: "a plugin package's version",
    apply: ({ edit }) =>
      edit("node_modules/vae-prior-tin/package.json", "1.0.0", "1.0.1"),
    reruns: ONE,
    why: ["prior tin: package vae-prior-tin 1.0.0 -> 1.0.1"],
  },
  {
    what: "a plugin package's code, version unchanged",
    apply: ({ edit }) =>
      edit("node_modules/vae-prior-tin/width.js", "=> d", "=> d + 0"),
    reruns: ONE,
    why: ["prior tin: helper vae-prior-tin/width.js changed: +1 -1"],
  },
  {
    what: "the version of a package that a plugin imports",
    apply: ({ edit }) =>
      edit("node_modules/maths/package.json", "1.0.0", "2.0.0"),
    reruns: TOYS,
    why: ["prior toy: package maths 1.0.0 -> 2.0.0"],
  },
  {
    what: "the data file",
    apply: ({ write }) => write("digits.txt", "2 7 1 8\n"),
    reruns: ALL,
    why: ["input digits changed"],
  },
  {
    what: "the data file, touched or written anew",
    apply: ({ folder, write }) => {
      const text = readFileSync(join(folder, "digits.txt"), "utf8");
      rmSync(join(folder, "digits.txt"));
      write("digits.txt", text);
    },
    ...NOTHING,
  },
  {
    what: "code of a stage",
    apply: ({ edit }) => edit("scale.ts", "offset, limit,", "limit, offset,"),
    reruns: ALL_PRIORS,
    why: ["stage scale: scale.ts changed: +1 -1"],
  },
  {
    what: "a stage's version",
    apply: ({ edit }) => edit("measure.ts", "version: 1", "version: 2"),
    reruns: MEASURE,
    why: [
      "stage measure: version 1 -> 2",
      "stage measure: measure.ts changed: +1 -1",
    ],
  },
  {
    what: "a stage's option, renamed",
    apply: ({ edit }) => {
      edit("measure.ts", "steps: v.opt", "times: v.opt");
      edit("measure.ts", "{ steps }", "{ times: steps }");
    },
    reruns: MEASURE,
    why: [
      "stage measure: measure.ts changed: +2 -2",
      "measure.steps is now times",
    ],
  },
  {
    what: "a stage's option, removed",
    apply: ({ edit }) => {
      edit("scale.ts", "    limit: v.optional(v.number(), 9),\n", "");
      edit("scale.ts", "{ offset, limit }", "{ offset }");
      edit("scale.ts", "offset, limit,", "offset,");
    },
    reruns: ALL_PRIORS,
    why: [
      "stage scale: scale.ts changed: +2 -3",
      "scale.limit 9 -> unset",
    ],
  },
  {
    what: "strictness in the tsconfig",
    apply: ({ write }) =>
      write("tsconfig.json", '{ "compilerOptions": { "strict": true } }'),
    ...NOTHING,
  },
  {
    what: "the engine",
    before: { engine: native },
    asked: { engine: wasm },
    reruns: MEASURE,
    why: ["engine native -> wasm"],
  },
  {
    what: "the engine's version",
    before: { engine: native },
    asked: { engine: { ...native, version: "tensorflow 3" } },
    reruns: MEASURE,
    why: ["engine version tensorflow 2 -> tensorflow 3"],
  },
  {
    what: "threads, on the native engine",
    before: { engine: native },
    apply: ({ configure }) => configure({ threads: 2 }),
    asked: { engine: native },
    reruns: MEASURE,
    why: ["engine threads 1 -> 2"],
  },
  {
    what: "threads, on wasm",
    before: { engine: wasm },
    apply: ({ configure }) => configure({ threads: 2 }),
    asked: { engine: wasm },
    ...NOTHING,
  },
  {
    what: "`TF_ENABLE_ONEDNN_OPTS=0`, on the native engine",
    before: { engine: native },
    asked: { engine: native, env: { TF_ENABLE_ONEDNN_OPTS: "0" } },
    reruns: MEASURE,
    why: ["engine TF_ENABLE_ONEDNN_OPTS unset -> 0"],
  },
  {
    what: "the processor, on the native engine",
    before: { engine: native, cpu: "x64 avx2, caches 32K 256K" },
    asked: { engine: native },
    reruns: MEASURE,
    why: [`engine cpu x64 avx2, caches 32K 256K -> ${describeProcessor()}`],
  },
];

function rename({ configure }: ChangesProject): void {
  configure({ name: "other" });
}
