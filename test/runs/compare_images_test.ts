import { expect, test } from "vitest";
import { describeComparison } from "../../core/cli/_comparison.ts";
import { compareRuns } from "../../core/runs/compare.ts";
import { withIntervals } from "../../core/runs/compare_images.ts";
import type { MeasuredOf } from "../../core/runs/read_terms.ts";
import type { RunRecord, TrialRecord } from "../../core/runs/record.ts";
import { UNMEASURED } from "../../core/vae/figures.ts";
import type { Measured } from "../../core/vae/figures/figure.ts";
import { fakeRecord } from "./fake_record.ts";

const none: MeasuredOf = () => UNMEASURED;

/** ELBO of three images around the trial's, hard ones and easy ones. */
const terms = (spread: number): MeasuredOf => (trial) => {
  const elbo = trial.figures["elbo"]!.value;
  const hard = [-20, 3, 17].map((value, i) => value + spread * (i - 1));
  return {
    ...UNMEASURED,
    evaluation: {
      terms: {
        reconstruction: Float32Array.from(hard, (value) => value - elbo),
        kl: new Float32Array(3),
        nll: null,
      },
    } as unknown as Measured["evaluation"],
  };
};

async function compare(
  [before, after]: readonly [RunRecord, RunRecord],
  [termsBefore, termsAfter]: readonly [MeasuredOf, MeasuredOf],
) {
  const comparison = await withIntervals(compareRuns(before, after), {
    before,
    after,
    termsBefore,
    termsAfter,
  });
  const elbo = comparison.trials[0]!.metrics
    .find(({ name }) => name === "elbo")!;
  return {
    comparison,
    elbo,
    text: describeComparison(comparison).join("\n"),
    words: describeComparison(comparison).join(" "),
  };
}

const runs = [
  fakeRecord({ elbo: -100 }),
  fakeRecord({ elbo: -98.5 }),
] as const;

test("runs that have kept the terms of each image are compared by image", async () => {
  const { elbo, text, words } = await compare(runs, [terms(0), terms(0.1)]);
  // Differences -1, 0 and 1 times a tenth around 1.5: t = 4.30 with two degrees.
  expect(elbo).toMatchObject({ images: "paired" });
  expect(elbo.difference).toBeCloseTo(1.5, 5);
  expect(elbo.interval![0]).toBeCloseTo(1.5 - 4.302653 * 0.1 / Math.sqrt(3), 5);
  expect(text).toMatch(/ELBO .* \+1\.50 \[1\.25, 1\.75\]$/m);
  expect(words).toContain("by image: both runs are measured on the same");
  expect(words).toContain("Training luck is not in them");
});

test("where one has not, it is said, and they are as independent", async () => {
  const { elbo, text, words } = await compare(runs, [none, terms(0.1)]);
  expect(elbo).toMatchObject({ images: "independent" });
  expect(elbo.standardError).toBeCloseTo(0.3 * Math.SQRT2, 12);
  expect(text).toMatch(/ELBO .* \+1\.50 \[0\.67, 2\.33\] \(i\)$/m);
  expect(words).toContain("where a run has not kept");
});

test("several seeds of a configuration are compared over the seeds, too", async () => {
  const seeds = (record: RunRecord, shift: number): RunRecord => {
    const [first] = record.trials as [TrialRecord];
    const trials = [0, 1, 2].map((seed) => ({
      ...first,
      label: `${first.label} seed ${seed}`,
      seed,
      figures: {
        elbo: { value: shift + seed / 10, error: null },
      },
    }));
    return { ...record, trials };
  };
  const [before, after] = runs;
  const { comparison, text, words } = await compare(
    [seeds(before, -100), seeds(after, -98)],
    [none, none],
  );
  const [group] = comparison.overSeeds!;
  // Welch's test of 0, 0.1 and 0.2 on either side: t = 2.776 with four degrees.
  const half = 2.776445 * 0.1 * Math.sqrt(2 / 3);
  expect(group!.metrics).toHaveLength(1);
  expect(group!.metrics[0]).toMatchObject({ hasSeeds: true, images: "none" });
  expect(group!.metrics[0]!.interval[0]).toBeCloseTo(2 - half, 5);
  expect(text).toMatch(/over 3 seeds/);
  expect(words).not.toContain("Training luck is not in them");
});
