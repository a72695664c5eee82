import { describe, expect, test } from "vitest";
import { compareRuns } from "../../core/runs/compare.ts";
import type { RunRecord } from "../../core/runs/record.ts";
import { fakeRecord } from "./fake_record.ts";

describe("compareRuns()", () => {
  test("finds nothing between a run and itself", () => {
    const same = compareRuns(fakeRecord(), fakeRecord());
    expect(same).toMatchObject({
      config: [],
      environment: [],
      sources: [],
      onlyBefore: [],
      onlyAfter: [],
    });
    for (const { metrics, stages } of same.trials) {
      expect(
        metrics.filter(({ before }) => before !== null)
          .map(({ difference }) => difference),
      ).toEqual([0, 0, 0, 0]);
      for (const stage of stages) {
        expect(stage).toMatchObject({ changes: [], sameResult: true });
        expect(stage.before).toBe(stage.after);
      }
    }
  });

  test("names options, versions and fields that differ", () => {
    const { config, environment, trials } = compareRuns(
      fakeRecord(),
      fakeRecord({ epochs: 30, node: "22.1.0" }),
    );
    expect(config).toEqual([{ path: "train.epochs", before: 20, after: 30 }]);
    expect(environment).toEqual([
      { path: "node", before: "20.20.0", after: "22.1.0" },
    ]);
    const [load, train] = trials[0]!.stages;
    expect(load!.before).toBe(load!.after);
    // The key of an earlier stage is no change of its own.
    expect(train!.changes).toEqual([
      { path: "option.epochs", before: "20", after: "30" },
    ]);
  });

  test("gives differences with the errors of independent estimates", () => {
    const { trials } = compareRuns(
      fakeRecord({ elbo: -100 }),
      fakeRecord({ elbo: -98.5 }),
    );
    const [elbo, reconstruction, nll] = ["elbo", "reconstruction", "nll"].map(
      (wanted) => trials[0]!.metrics.find(({ name }) => name === wanted),
    );
    expect(elbo!.difference).toBeCloseTo(1.5, 12);
    expect(elbo!.standardError).toBeCloseTo(0.3 * Math.SQRT2, 12);
    expect(reconstruction!.difference).toBeCloseTo(-1.5, 12);
    expect(nll!.standardError).toBeCloseTo(0.5 * Math.SQRT2, 12);
  });

  test.each([
    ["of other data", { data: "others" }, "elbo"],
    ["dynamic and grey images do not compare", { binarization: "grey" }, "kl"],
    ["of 500 and 100 samples an image", { samples: 100 }, "nll"],
    ["of other test images", { testSet: "others" }, "reconstruction"],
  ])("does not subtract what does not compare: %s", (problem, other, name) => {
    const { trials } = compareRuns(
      fakeRecord({ testSet: "ours" }),
      fakeRecord({ testSet: "ours", ...other }),
    );
    expect(trials[0]!.metrics.find((metric) => metric.name === name))
      .toMatchObject({ difference: null, standardError: null, problem });
  });

  test("tells equal keys from equal results", () => {
    const { trials } = compareRuns(
      fakeRecord(),
      fakeRecord({ results: "b" }),
    );
    expect(trials[0]!.stages).toMatchObject([
      { name: "load", sameResult: false },
      { name: "train", sameResult: false },
    ]);
    const [stage] = trials[0]!.stages;
    expect(stage!.before).toBe(stage!.after);
  });

  test("pairs trials by name, and names those that are left", () => {
    const found = compareRuns(
      fakeRecord({ priors: ["gaussian", "beta"] }),
      fakeRecord({ priors: ["gamma", "gaussian"] }),
    );
    expect(found.trials.map(({ label }) => label)).toEqual(["Gaussian(1)"]);
    expect(found.onlyBefore).toEqual(["Beta(1)"]);
    expect(found.onlyAfter).toEqual(["Gamma(1)"]);
    expect(found.config).toEqual([
      { path: "prior", before: 'beta {"strength":1}', after: undefined },
      { path: "prior", before: undefined, after: 'gamma {"strength":1}' },
    ]);
  });

  /** What answers what, and what is left. */
  function paired(before: readonly GivenTrial[], after: readonly GivenTrial[]) {
    const { trials, onlyBefore, onlyAfter } = compareRuns(
      withTrials(before),
      withTrials(after),
    );
    return [
      ...trials.map(({ label }) => label),
      ...onlyBefore.map((label) => `- ${label}`),
      ...onlyAfter.map((label) => `+ ${label}`),
    ];
  }

  test("pairs by prior and options first, and then by seed", () => {
    const both = (...seeds: number[]) =>
      [0, 1].flatMap((mean) =>
        seeds.map((seed): GivenTrial => ({ options: { mean }, seed }))
      );
    expect(paired(both(21, 22), both(9))).toEqual([
      "mean=0 s21 -> mean=0 s9",
      "mean=1 s21 -> mean=1 s9",
      "- mean=0 s22",
      "- mean=1 s22",
    ]);
    expect(paired(both(1, 2, 3), both(5, 4, 3))).toEqual([
      "mean=0 s1 -> mean=0 s4",
      "mean=0 s2 -> mean=0 s5",
      "mean=0 s3",
      "mean=1 s1 -> mean=1 s4",
      "mean=1 s2 -> mean=1 s5",
      "mean=1 s3",
    ]);
  });

  test("pairs by latent dimension, whatever the order and the names", () => {
    const of = (mean: number, latentDim: number): GivenTrial => ({
      options: { mean },
      latentDim,
    });
    expect(paired([of(0, 2), of(0, 20), of(1, 2)], [of(1, 2), of(0, 20)]))
      .toEqual(["mean=0 D20", "mean=1 D2", "- mean=0 D2"]);
    expect(paired([of(0, 2)], [of(0, 20)])).toEqual([
      "mean=0 D2 -> mean=0 D20",
    ]);
    // Which of the two would it be?
    expect(paired([of(0, 2), of(0, 3)], [of(0, 20)]))
      .toEqual(["- mean=0 D2", "- mean=0 D3", "+ mean=0 D20"]);
  });

  test("pairs the same prior with other options, where there is but one", () => {
    const of = (...means: number[]) =>
      means.flatMap((mean) =>
        [1, 2].map((seed): GivenTrial => ({ options: { mean }, seed }))
      );
    expect(paired(of(0, 1), of(0, 2))).toEqual([
      "mean=0 s1",
      "mean=0 s2",
      "mean=1 s1 -> mean=2 s1",
      "mean=1 s2 -> mean=2 s2",
    ]);
    expect(paired(of(0).slice(0, 1), of(1, 2).slice(0, 3))).toEqual([
      "- mean=0 s1",
      "+ mean=1 s1",
      "+ mean=1 s2",
      "+ mean=2 s1",
    ]);
  });

  test("pairs what has an option more and the same name", () => {
    const before = [0, 1].map((mean): GivenTrial => ({
      options: { mean },
      id: `g-${mean}`,
    }));
    const after = before.map(({ options, ...rest }): GivenTrial => ({
      ...rest,
      options: { ...options, covariance: "diagonal" },
    }));
    expect(paired(before, after.toReversed())).toEqual([
      "mean=0 -> mean=0,covariance=diagonal",
      "mean=1 -> mean=1,covariance=diagonal",
    ]);
  });
});

interface GivenTrial {
  readonly options: Readonly<Record<string, unknown>>;
  readonly latentDim?: number;
  readonly seed?: number;
  readonly id?: string;
}

/** A record whose trials are of one prior; their labels say what is given. */
function withTrials(trials: readonly GivenTrial[]): RunRecord {
  const record = fakeRecord({ priors: ["gaussian"] });
  const [one] = record.trials;
  return {
    ...record,
    trials: trials.map((trial) => {
      const label = [
        Object.entries(trial.options).map((pair) => pair.join("=")).join(","),
        ...trial.latentDim === undefined ? [] : [`D${trial.latentDim}`],
        ...trial.seed === undefined ? [] : [`s${trial.seed}`],
      ].join(" ");
      return { ...one!, id: label, ...trial, label };
    }),
  };
}
