// The table of core/math/README.md against what is measured.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ENGINES } from "../engine/backends.ts";
import { FUNCTIONS } from "./functions.ts";
import {
  type LargestError,
  measureAccuracy,
  readError,
} from "./measure_accuracy.ts";

const page = readFileSync(
  new URL("../../core/math/README.md", import.meta.url),
  "utf8",
);
const rows = page.split("\n").filter((line) => line.startsWith("|"))
  .map((line) => line.slice(1, -1).split(" | ").map((cell) => cell.trim()));
const columns = rows.find((row) => row.includes("native"))!;
const documented = new Map(
  rows.filter(({ length }) => length === columns.length)
    .map((row) => [row[0]!, row]),
);

/** Processors differ in the last bit: another one may be this much worse. */
const SLACK = 2;

describe("the accuracy that core/math/README.md states", () => {
  it("is that of every function", () => {
    const titles = [...documented.keys()].filter((key) => key.startsWith("`"));
    expect(titles).toEqual(FUNCTIONS.map(({ title }) => `\`${title}\``));
  });

  it.for(ENGINES)("is not exceeded on $title", async (engine, { skip }) => {
    if (engine.missing) skip();
    const cell = (title: string, column: string) =>
      documented.get(`\`${title}\``)![columns.indexOf(column)]!;
    const compare = (what: string, found: LargestError, stated: string) => {
      const { usual, all } = readError(stated);
      expect(found.usual, what).toBeLessThanOrEqual(SLACK * usual);
      expect(found.all, what).toBeLessThanOrEqual(SLACK * all);
      // Nor is it far from what is measured.
      expect(usual, what).toBeLessThanOrEqual(Math.max(2e-7, 8 * found.usual));
    };
    for (const { title, value, gradients } of await measureAccuracy(engine)) {
      compare(title, value, cell(title, engine.name));
      const stated = cell(title, `gradients, ${engine.name}`);
      if (gradients === null) expect(stated).toBe("");
      else compare(`gradients of ${title}`, gradients, stated);
    }
  });
});
