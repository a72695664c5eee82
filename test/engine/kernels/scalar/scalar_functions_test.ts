import { expect, it } from "vitest";
import {
  digamma,
  gammaln,
  trigamma,
} from "../../../../core/engine/kernels/scalar/gamma_function.ts";
import {
  erfc,
  ndtri,
} from "../../../../core/engine/kernels/scalar/normal_distribution.ts";
import { columnOf, readFixture, worstOf } from "../../../math/fixtures.ts";

const ndtr = (x: number) => erfc(-x * Math.SQRT1_2) / 2;

// Differences of them lose digits, so they need more than float32 keeps; the
// fixtures have twelve.
it.each([
  { fixture: "lgamma", input: "x", of: gammaln },
  { fixture: "digamma", input: "x", of: digamma },
  { fixture: "trigamma", input: "x", of: trigamma },
  { fixture: "ndtr", input: "x", of: ndtr },
  { fixture: "ndtri", input: "p", of: ndtri },
])("$fixture has eleven digits on numbers", ({ fixture, input, of }) => {
  const table = readFixture(fixture);
  const found = columnOf(table, input).map(of);
  const worst = worstOf(table, "value", found, {
    relative: 1e-11,
    absolute: 1e-15,
  });
  expect(worst.excess, JSON.stringify(worst)).toBeLessThanOrEqual(1);
});

it("log gamma keeps its digits beside its roots", () => {
  const euler = 0.5772156649015329;
  const z = 2 ** -23;
  expect(gammaln(1)).toBe(0);
  expect(gammaln(2)).toBe(0);
  // The next term of the series is 1.4 z with the first divided out.
  expect(gammaln(1 + z) / (-euler * z)).toBeCloseTo(1, 6);
  expect(gammaln(2 + z) / ((1 - euler) * z)).toBeCloseTo(1, 6);
});

it("the gamma functions go on below 0, by DLMF 5.4.6, 5.4.14 and 5.15.5", () => {
  const euler = 0.5772156649015329;
  expect(gammaln(-0.5)).toBeCloseTo(Math.log(2 * Math.sqrt(Math.PI)), 14);
  expect(gammaln(-1.5)).toBeCloseTo(Math.log(4 / 3 * Math.sqrt(Math.PI)), 14);
  expect(digamma(-0.5)).toBeCloseTo(2 - euler - 2 * Math.LN2, 14);
  expect(trigamma(-0.5)).toBeCloseTo(Math.PI ** 2 / 2 + 4, 13);
  expect([gammaln(-1), trigamma(-2)]).toEqual([Infinity, Infinity]);
});

it("functions of numbers have their limits, and NaN where they are none", () => {
  expect([gammaln(0), gammaln(Infinity)]).toEqual([Infinity, Infinity]);
  expect([digamma(Infinity), trigamma(Infinity)]).toEqual([Infinity, 0]);
  expect([erfc(-Infinity), erfc(0), erfc(Infinity)]).toEqual([2, 1, 0]);
  expect([ndtri(0), ndtri(0.5), ndtri(1)]).toEqual([-Infinity, 0, Infinity]);
  expect(ndtri(-0.5)).toBeNaN();
  for (const f of [gammaln, digamma, trigamma, ndtri]) {
    expect(f(NaN)).toBeNaN();
  }
  expect(erfc(NaN)).toBeNaN();
  expect(ndtri(1.5)).toBeNaN();
});
