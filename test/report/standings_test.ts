import { expect, test } from "vitest";
import { verdicts } from "../../core/report/standings.ts";
import type { FigureComparison } from "../../core/vae/compared.ts";
import { FIGURES } from "../../core/vae/figures.ts";

test.each([
  [0.4, ["ELBO: 3 more seeds each would tell 0.40 nats (A, B)"]],
  // Nothing that a reader sees is left to tell.
  [0.004, []],
  [0, []],
])("of a difference of %d more seeds would tell", (difference, said) => {
  const interval = [difference - 1, difference + 1] as const;
  const comparison: FigureComparison = {
    figure: "elbo",
    configurations: ["A", "B"].map((label) => ({ label, seeds: 2, mean: 0 })),
    best: "A",
    leading: ["A", "B"],
    pairs: [{
      of: ["A", "B"],
      difference,
      standardError: 0.5,
      interval,
      probability: 0.5,
      adjusted: 0.5,
      adjustedInterval: interval,
      isTold: false,
      moreSeeds: 3,
      hasSeeds: true,
      images: "paired",
    }],
  };
  expect(verdicts(FIGURES, [comparison])).toEqual(said);
});
