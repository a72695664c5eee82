import { expect, it } from "vitest";
import { UserError } from "../../core/errors.ts";
import type { Prior } from "../../core/mod.ts";
import { checkBuiltPrior } from "../../core/plugin/check_built.ts";
import { gaussian } from "../../plugins/mod.ts";

const prior = gaussian().definition.create(
  { mean: 0, variance: 1 },
  { latentDim: 2, inputSize: 784 },
);
const parameter = (shape: unknown) => ({ shape, initial: () => [] });

it("lets priors pass, those that learn too", () => {
  expect(checkBuiltPrior(prior, "mine")).toBe(prior);
  const learnt = {
    means: parameter([3, 2]),
    "0/hidden/kernel": parameter([2]),
    shift: parameter([]),
  };
  const other = { ...prior, divergence: "estimate", learnt } as Prior;
  expect(checkBuiltPrior(other, "mine")).toBe(other);
});

it.each([
  [{ sample: undefined }, '"create" gives no function "sample"'],
  [
    { divergence: "exact" },
    'its divergence is "exact", want "closed-form" or "estimate"',
  ],
  [
    { learnt: { "my means": parameter([2]) } },
    'a learnt parameter is named "my means", want letters, digits and "_", parts joined by "/"',
  ],
  [
    { learnt: { means: parameter([2, 0]) } },
    'its learnt parameter "means" has the shape [2,0], want a list of whole numbers of at least 1',
  ],
  [
    { learnt: { means: parameter(undefined) } },
    'its learnt parameter "means" has the shape undefined, want',
  ],
])("refuses %o", (wrong, message) => {
  const check = () =>
    checkBuiltPrior({ ...prior, ...wrong } as unknown as Prior, "mine");
  expect(check).toThrow(UserError);
  expect(check).toThrow(`Cannot use prior "mine": ${message}`);
});
