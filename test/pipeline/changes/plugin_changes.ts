/**
 * What changes in the code of plugins and in the packages that they are in.
 *
 * @module
 */

import { renameSync } from "node:fs";
import { join } from "node:path";
import { type ChangeCase, NOTHING, ONE, TOYS } from "./change_case.ts";

/** In the order of the table in `core/pipeline/README.md`. */
export const PLUGIN_CHANGES: readonly ChangeCase[] = [
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
];
