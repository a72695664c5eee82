// Likelihoods with one thing wrong each, and the check that must find it.

import { beforeAll, describe, expect, it } from "vitest";
import {
  likelihoodKit,
  runCheck,
  runChecks,
} from "../../../../core/vae/conformance/mod.ts";
import { startEngine } from "../../../../core/engine/start.ts";
import type { LikelihoodPlugin } from "../../../../core/mod.ts";
import { nativeMissing } from "../../../engine/backends.ts";
import { bernoulliWith } from "./_right.ts";
import { WRONG } from "./_wrong.ts";

const isNative = !nativeMissing();
const { checks } = likelihoodKit;

beforeAll(() => startEngine(isNative ? "native" : "wasm", { threads: 1 }));

function subjectOf({ definition }: LikelihoodPlugin) {
  return likelihoodKit.subject({ definition, options: {} }, { drawShare: 0.2 });
}

it("has a wrong likelihood for every check", () => {
  expect(new Set(WRONG.map(({ check }) => check)))
    .toEqual(new Set(checks.map(({ name }) => name)));
});

it("lets the one pass that all are made from", () => {
  const results = [...runChecks(likelihoodKit, subjectOf(bernoulliWith()))];
  const left = results.filter(({ verdict }) => verdict !== "pass");
  expect(left.map(({ name, verdict }) => [name, verdict])).toEqual([
    ["draws-of-rows", "not applicable"],
    ...(isNative ? [] : [["compiled", "not applicable"]]),
  ]);
});

it("asks nothing more where shapes are wrong", () => {
  const wrong = WRONG.find(({ check }) => check === "shapes")!;
  const [contract, shapes, ...others] = runChecks(
    likelihoodKit,
    subjectOf(wrong.make()),
  );
  expect([contract, shapes].map((result) => result?.verdict))
    .toEqual(["pass", "fail"]);
  for (const { verdict } of others) expect(verdict).toBe("not applicable");
});

describe("one that", () => {
  it.for(WRONG)("$name fails $check", ({ check, says, make }, { skip }) => {
    skip(check === "compiled" && !isNative, "only native compiles");
    const one = checks.find(({ name }) => name === check)!;
    const result = runCheck(one, subjectOf(make()));
    expect(result.verdict, result.found).toBe("fail");
    expect(result.found).toMatch(says);
    expect(result.hint).toBeTruthy();
  });
});
