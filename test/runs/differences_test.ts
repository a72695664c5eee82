import { expect, test } from "vitest";
import { differences } from "../../core/runs/differences.ts";

test("differences() names paths, whatever the order of the keys", () => {
  expect(differences(
    { a: 1, b: { c: [1, 2], d: { e: null } }, same: { x: 1, y: 2 } },
    { b: { c: [1, 3], d: { e: 0 } }, same: { y: 2, x: 1 }, f: "new" },
  )).toEqual([
    { path: "a", before: 1, after: undefined },
    { path: "b.c", before: [1, 2], after: [1, 3] },
    { path: "b.d.e", before: null, after: 0 },
    { path: "f", before: undefined, after: "new" },
  ]);
});

test("differences() compares objects within lists by what they hold", () => {
  expect(differences([{ a: 1, b: 2 }], [{ b: 2, a: 1 }])).toEqual([]);
});
