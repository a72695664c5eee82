/**
 * What a person changes in the config.
 *
 * @module
 */

import { renameSync } from "node:fs";
import { join } from "node:path";
import {
  ALL,
  ALL_PRIORS,
  type ChangeCase,
  NOTHING,
  ONE,
} from "./change_case.ts";
import type { ChangesProject } from "./project.ts";

/** In the order of the table in `core/pipeline/README.md`. */
export const CONFIG_CHANGES: readonly ChangeCase[] = [
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
];

function rename({ configure }: ChangesProject): void {
  configure({ name: "other" });
}
