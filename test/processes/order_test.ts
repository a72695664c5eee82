import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { TestSpecification, Vitest } from "vitest/node";
import { LONGEST, LongestFirst } from "./order.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

it("lists files that there are", () => {
  expect(LONGEST.filter((path) => !existsSync(ROOT + path))).toEqual([]);
});

it("starts them first, the longest first of all", async () => {
  // Of a file that Vitest knows nothing of.
  const cache = {
    getFileTestResults: () => undefined,
    getFileStats: () => undefined,
  };
  const config = { root: ROOT, sequence: { groupOrder: 0 }, isolate: true };
  const specOf = (path: string) => ({
    moduleId: ROOT + path,
    project: { name: "own", config },
  });
  const others = ["test/a_test.ts", "test/b_test.ts"];
  const files = [...others, ...LONGEST.toReversed()].map(specOf);
  const sorted = await new LongestFirst({ cache, config } as unknown as Vitest)
    .sort(files as unknown as TestSpecification[]);
  expect(sorted.map(({ moduleId }) => moduleId.slice(ROOT.length)))
    .toEqual([...LONGEST, ...others]);
});
