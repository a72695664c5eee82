import { expect, it } from "vitest";
import { UserError } from "../../../core/lib/errors.ts";
import { identity, type Prior } from "../../../core/mod.ts";
import { checkBuiltPrior } from "../../../core/vae/plugin/check_built.ts";
import { gaussian } from "../../../plugins/mod.ts";

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
  [
    { learnt: { means: { shape: [2], initial: [0, 0] } } },
    'its learnt parameter "means" has no function "initial"',
  ],
  [
    { head: Promise.resolve({}) },
    '"head" gives a promise, want parameters by name, each { units, constrain }',
  ],
  [{ head: undefined }, '"head" gives undefined, want parameters by name'],
  [
    { head: { mean: { units: 2.5, constrain: identity } } },
    'parameter "mean" of its head has 2.5 units, want a whole number of at least 1',
  ],
  [
    { head: { mean: { units: 2 } } },
    'parameter "mean" of its head has no function "constrain"',
  ],
  [
    { latentWidth: NaN },
    "its latentWidth is NaN, want a whole number of at least 1",
  ],
  [{ support: "real" }, 'its support is "real", want real, positiveReal,'],
  [
    { support: { kind: "interval", lower: 1, upper: 0 } },
    'its support is {"kind":"interval","lower":1,"upper":0}, want real,',
  ],
  [
    { densities: { posterior: () => {} } },
    'its densities have no function "prior"',
  ],
])("refuses %o", (wrong, message) => {
  const check = () =>
    checkBuiltPrior({ ...prior, ...wrong } as unknown as Prior, "mine");
  expect(check).toThrow(UserError);
  expect(check).toThrow(`Cannot use prior "mine": ${message}`);
});
