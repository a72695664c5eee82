import { expect, test } from "vitest";
import {
  describeResult,
  describeVerdicts,
} from "../../core/cli/_check_results.ts";
import type { CheckResult } from "../../core/vae/conformance/mod.ts";

const passed: CheckResult = {
  name: "mean",
  title: "Mean of the posterior",
  verdict: "pass",
  found: "posteriorMean against means of draws, 21 times",
  figure: 0.0026712,
  limit: 0.00887,
};
const failed: CheckResult = {
  ...passed,
  verdict: "fail",
  found: "coordinate 0 of the mean is NaN",
  figure: NaN,
  hint: "posteriorMean gives the mean",
};
const left: CheckResult = {
  name: "learnt",
  title: "Learnt parameters",
  verdict: "not applicable",
  found: "it learns none",
};

test("a row has verdict, check, figure and limit, and what was found", () => {
  expect(describeResult(passed, { color: false, width: 200 })).toEqual([
    "pass  Mean of the posterior           0.0027 of 0.0089    posteriorMean against means of draws, 21 times",
  ]);
  expect(describeResult(left, { color: false, width: 200 })).toEqual([
    `-     Learnt parameters${" ".repeat(35)}it learns none`,
  ]);
});

test("a failure says how to mend it, and lines fit the terminal", () => {
  const lines = describeResult(failed, { color: false, width: 90 });
  expect(lines).toEqual([
    "FAIL  Mean of the posterior           NaN of 0.0089       coordinate 0 of the mean is NaN",
    `${" ".repeat(58)}hint: posteriorMean gives the`,
    `${" ".repeat(58)}mean`,
  ]);
});

test("colours do not move the columns", () => {
  const plain = describeResult(failed, { color: false, width: 120 });
  const painted = describeResult(failed, { color: true, width: 120 });
  // deno-lint-ignore no-control-regex
  const bare = painted.map((line) => line.replaceAll(/\x1b\[\d+m/g, ""));
  expect(painted).not.toEqual(plain);
  expect(bare).toEqual(plain);
});

test("the last line counts verdicts", () => {
  expect(describeVerdicts([passed, passed])).toBe(
    "2 checks pass, none fails",
  );
  expect(describeVerdicts([passed, failed, left])).toBe(
    "1 check passes, 1 fails, 1 does not apply",
  );
});
