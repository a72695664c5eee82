import { describe, expect, test } from "vitest";
import { exitCodeOf, trialLine } from "../../core/cli/_outcome.ts";
import { UserError } from "../../core/lib/errors.ts";
import type {
  PipelineResult,
  StageOutcome,
} from "../../core/pipeline/types.ts";
import { fakeOutcome, fakePlan, fakeRun } from "./fake_plan.ts";

describe("runLine", () => {
  test("of a cached run is short", async () => {
    const trial = await fakeRun([
      fakeOutcome("train", "cached"),
      fakeOutcome("sample", "cached"),
    ]);
    expect(trialLine(trial)).toBe("Fake(1,x): all 2 stages cached");
  });

  test("groups what ran by its reason", async () => {
    const trial = await fakeRun([
      fakeOutcome("load", "cached"),
      fakeOutcome("train", "done", { reason: "train.epochs 3 -> 20" }),
      fakeOutcome("sample", "done", { reason: "needs training changed" }),
      fakeOutcome("evaluate", "done", { reason: "needs training changed" }),
    ]);
    expect(trialLine(trial)).toBe(
      "Fake(1,x): 1 of 4 stages cached; ran train (train.epochs 3 -> 20), sample, evaluate (needs training changed) in 4.5 s",
    );
  });

  test("names what did not end well", async () => {
    const trial = await fakeRun([
      fakeOutcome("train", "failed"),
      fakeOutcome("sample", "skipped"),
    ]);
    expect(trialLine(trial)).toBe(
      "Fake(1,x): 0 of 2 stages cached; failed train; skipped sample",
    );
  });
});

describe("exitCodeOf", () => {
  async function codeOf(
    status: PipelineResult["status"],
    stages: readonly StageOutcome[],
  ) {
    const lines: string[] = [];
    const trial = await fakeRun(stages);
    const plan = await fakePlan();
    const code = exitCodeOf({
      plan,
      trials: [trial, trial],
      warnings: [],
      status,
    }, {
      out: () => {
        throw new Error("errors do not belong on stdout");
      },
      err: (line) => void lines.push(line),
    });
    return { code, text: lines.join("\n") };
  }

  test("0 done, 130 interrupted, in silence", async () => {
    expect(await codeOf("done", [fakeOutcome("a", "done")]))
      .toEqual({ code: 0, text: "" });
    expect(await codeOf("interrupted", [fakeOutcome("a", "interrupted")]))
      .toEqual({ code: 130, text: "" });
  });

  test("2 for the user's mistake, without a stack, told once", async () => {
    const error = new UserError("Cannot read the data", { hint: "Do this" });
    const stages = [fakeOutcome("a", "failed", { error })];
    expect(await codeOf("failed", stages)).toEqual({
      code: 2,
      text: "a failed:\nerror: Cannot read the data\nhint: Do this",
    });
  });

  test("1 for ours, with stack, cause and where to report", async () => {
    const error = new Error("broken", { cause: new TypeError("deeper") });
    const { code, text } = await codeOf("failed", [
      fakeOutcome("a", "failed", { error }),
      fakeOutcome("b", "failed", { error: new UserError("x") }),
    ]);
    expect(code).toBe(1);
    expect(text).toContain("error: Error: broken\n    at ");
    expect(text).toContain("caused by: TypeError: deeper");
    expect(text).toContain("the output of npm run cli doctor");
  });
});
