import { expect, test } from "vitest";
import { describeComparison } from "../../core/cli/_comparison.ts";
import { compareRuns } from "../../core/runs/compare.ts";
import { fakeRecord } from "../runs/fake_record.ts";

test("a comparison lists the figures that either run has, and no others", () => {
  const lines = describeComparison(
    compareRuns(fakeRecord({ elbo: -100 }), fakeRecord({ elbo: -98.5 })),
  );
  expect(lines.find((line) => line.startsWith("  ELBO")))
    .toMatch(/-100\.00 +-98\.50 +\+1\.50/);
  // Binary pixels have none, though evaluation's other figures are there.
  expect(lines.filter((line) => /bits/i.test(line) && !/same/.test(line)))
    .toEqual([]);
  expect(lines.filter((line) => / - +- /.test(line))).toEqual([]);
});
