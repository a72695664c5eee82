/**
 * What changes in the data, and in the code of stages.
 *
 * @module
 */

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  ALL,
  ALL_PRIORS,
  type ChangeCase,
  MEASURE,
  NOTHING,
} from "./change_case.ts";

/** In the order of the table in `core/pipeline/README.md`. */
export const STAGE_CHANGES: readonly ChangeCase[] = [
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
];
