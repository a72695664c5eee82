import { expect, test } from "vitest";
import { pack, unpack } from "../../../core/report/explorer/packed.ts";

test("unpack() gives back numbers within half a step of the largest", () => {
  const values = Float32Array.from(
    { length: 50_000 },
    (_, i) => 3 * Math.sin(i * i),
  );
  const found = unpack(pack(values));
  const step = Math.max(...values.map(Math.abs)) / 32767;
  expect(found).toHaveLength(values.length);
  found.forEach((value, i) =>
    expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(0.501 * step)
  );
});

test("pack() keeps zeros, signs and nothing at all", () => {
  expect([...unpack(pack([0, 0]))]).toEqual([0, 0]);
  expect([...unpack(pack([-2, 2]))]).toEqual([-2, 2]);
  expect([...unpack(pack([]))]).toEqual([]);
});
