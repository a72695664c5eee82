import { expect, test } from "vitest";
import {
  adaptNodes,
  cumulate,
  integrate,
} from "../../../core/vae/conformance/quadrature.ts";

const nodesFor = (f: (x: number) => number, from: number, to: number) =>
  adaptNodes((places) => places.map(f), {
    from,
    to,
    knots: [0.5],
    tolerance: 1e-9,
  });

test.each([
  ["exp", Math.exp, 0, 1, Math.E - 1],
  ["a kink", (x: number) => Math.abs(x - 0.3), -1, 1, 1.09],
  [
    "a spike",
    (x: number) => 1e3 / (1 + (1e3 * (x - 0.1)) ** 2),
    -9,
    9,
    3.14137,
  ],
  ["a jump", (x: number) => Number(x > 0.2), 0, 1, 0.8],
])("integrates %s", (_, f, from, to, wanted) => {
  const nodes = nodesFor(f, from, to);
  expect(integrate(nodes, (i) => f(nodes.places[i]!))).toBeCloseTo(wanted, 4);
});

test("is exact for polynomials of degree 15", () => {
  const nodes = adaptNodes((places) => places.map((x) => x ** 15), {
    from: 0,
    to: 1,
    knots: [],
    tolerance: 1,
  });
  const total = integrate(nodes, (i) => nodes.places[i]! ** 15);
  expect(total).toBeCloseTo(1 / 16, 14);
});

test("cumulates up to the ends of the panels", () => {
  const nodes = nodesFor(Math.cos, 0, 2);
  const sums = cumulate(nodes, (i) => Math.cos(nodes.places[i]!));
  expect(nodes.ends[0]).toBe(0);
  nodes.ends.forEach((end, i) => expect(sums[i]).toBeCloseTo(Math.sin(end), 9));
});

test("gives up on noise, and stays within reason", () => {
  let x = 1;
  const noise = () => (x = (x * 16807) % 2147483647) / 2147483647;
  expect(nodesFor(noise, 0, 1).ends.length).toBeLessThan(7000);
});
