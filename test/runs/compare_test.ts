import { describe, expect, test } from "vitest";
import { compareRuns } from "../../core/runs/compare.ts";
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
    for (const { metrics, stages } of same.members) {
      expect(metrics.map(({ difference }) => difference)).toEqual([0, 0, 0, 0]);
      for (const stage of stages) {
        expect(stage).toMatchObject({ changes: [], sameResult: true });
        expect(stage.before).toBe(stage.after);
      }
    }
  });

  test("names options, versions and fields that differ", () => {
    const { config, environment, members } = compareRuns(
      fakeRecord(),
      fakeRecord({ epochs: 30, node: "22.1.0" }),
    );
    expect(config).toEqual([{ path: "train.epochs", before: 20, after: 30 }]);
    expect(environment).toEqual([
      { path: "node", before: "20.20.0", after: "22.1.0" },
    ]);
    const [load, train] = members[0]!.stages;
    expect(load!.before).toBe(load!.after);
    // The key of an earlier stage is no change of its own.
    expect(train!.changes).toEqual([
      { path: "option.epochs", before: "20", after: "30" },
    ]);
  });

  test("gives differences with the errors of independent estimates", () => {
    const { members } = compareRuns(
      fakeRecord({ elbo: -100 }),
      fakeRecord({ elbo: -98.5 }),
    );
    const [elbo, reconstruction, , nll] = members[0]!.metrics;
    expect(elbo!.difference).toBeCloseTo(1.5, 12);
    expect(elbo!.standardError).toBeCloseTo(0.3 * Math.SQRT2, 12);
    expect(reconstruction!.difference).toBeCloseTo(-1.5, 12);
    expect(nll!.standardError).toBeCloseTo(0.5 * Math.SQRT2, 12);
  });

  test.each([
    ["of other data", { data: "others" }, "elbo"],
    ["dynamic and grey images do not compare", { binarization: "grey" }, "kl"],
    ["of 500 and 100 samples an image", { samples: 100 }, "nll"],
  ])("does not subtract what does not compare: %s", (problem, other, name) => {
    const { members } = compareRuns(fakeRecord(), fakeRecord(other));
    expect(members[0]!.metrics.find((metric) => metric.name === name))
      .toMatchObject({ difference: null, standardError: null, problem });
  });

  test("tells equal keys from equal results", () => {
    const { members } = compareRuns(
      fakeRecord(),
      fakeRecord({ results: "b" }),
    );
    expect(members[0]!.stages).toMatchObject([
      { name: "load", sameResult: false },
      { name: "train", sameResult: false },
    ]);
    const [stage] = members[0]!.stages;
    expect(stage!.before).toBe(stage!.after);
  });

  test("pairs members by name, and names those that are left", () => {
    const found = compareRuns(
      fakeRecord({ priors: ["gaussian", "beta"] }),
      fakeRecord({ priors: ["gamma", "gaussian"] }),
    );
    expect(found.members.map(({ label }) => label)).toEqual(["Gaussian(1)"]);
    expect(found.onlyBefore).toEqual(["Beta(1)"]);
    expect(found.onlyAfter).toEqual(["Gamma(1)"]);
    expect(found.config).toEqual([
      { path: "prior", before: 'beta {"strength":1}', after: undefined },
      { path: "prior", before: undefined, after: 'gamma {"strength":1}' },
    ]);
  });

  test("pairs the same prior with other options", () => {
    const before = fakeRecord({ priors: ["beta"] });
    const after = fakeRecord({ priors: ["beta"] });
    const other = {
      ...after,
      members: after.members.map((member) => ({
        ...member,
        id: "beta-2",
        label: "Beta(2)",
      })),
    };
    expect(compareRuns(before, other).members.map(({ label }) => label))
      .toEqual(["Beta(1) -> Beta(2)"]);
  });
});
