import { expect, test } from "vitest";
import { NOT_ASKED } from "../../core/pipeline/selection.ts";
import { gatherData } from "../../core/report/gather_data.ts";
import { noticesOf } from "../../core/report/notices.ts";
import { fakeResult } from "./fake_result.ts";

test("a report says what was not asked for, and of which runs", async () => {
  const { result, store } = fakeResult({ outputDirectory: "/outputs" });
  const trials = result.trials.map((outcome, index) => ({
    ...outcome,
    stages: outcome.stages.map((stage) =>
      index === 2 || stage.name === "load_mnist"
        ? stage
        : { ...stage, status: "skipped" as const, reason: NOT_ASKED }
    ),
  }));
  const data = await gatherData({ ...result, trials }, store);
  expect(noticesOf(data).filter(({ title }) => title.startsWith("Not run")))
    .toEqual([{
      severity: "note",
      title: "Not run for Gaussian(0,1), Gaussian(1,2), Gamma(3,2)",
      text:
        "train, sample, evaluate: not asked for this time, and not in the store. What they would show is missing below.",
    }]);
});

test("a whole report, and one with a failure, says nothing of the kind", async () => {
  for (const rest of [{}, { failing: 1 }]) {
    const fake = fakeResult({ outputDirectory: "/outputs", ...rest });
    const notices = noticesOf(await gatherData(fake.result, fake.store));
    expect(notices.map(({ title }) => title).join()).not.toContain("Not run");
  }
});
