import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { TestSpecification, Vitest } from "vitest/node";
import { LONGEST, LongestFirst } from "./order.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

it("lists files that there are", () => {
  expect(LONGEST.filter((path) => !existsSync(ROOT + path))).toEqual([]);
});

it("starts project after project, and in each the longest first", async () => {
  // Of a file that Vitest knows nothing of.
  const cache = {
    getFileTestResults: () => undefined,
    getFileStats: () => undefined,
  };
  const config = { root: ROOT, sequence: { groupOrder: 0 }, isolate: true };
  const projects = ["a", "b"].map((name) => ({ name, config }));
  const others = ["test/a_test.ts", "test/b_test.ts"];
  const files = [...others, ...LONGEST.toReversed()];
  /** Every other file. */
  const isOf = (project: number) => (path: string) =>
    files.indexOf(path) % 2 === project;
  const sorted = await new LongestFirst({ cache, config } as unknown as Vitest)
    .sort(
      files.map((path, at) => ({
        moduleId: ROOT + path,
        project: projects[at % 2],
      })) as unknown as TestSpecification[],
    );
  const wanted = [...LONGEST, ...others];
  expect(sorted.map(({ moduleId }) => moduleId.slice(ROOT.length)))
    .toEqual([...wanted.filter(isOf(0)), ...wanted.filter(isOf(1))]);
});
