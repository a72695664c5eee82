import { expect, test } from "vitest";
import { formatColumns } from "../../core/lib/columns.ts";

const rows = [["Run", "Priors", "Size"], ["a", "gaussian, beta", "7 MB"]];

test("columns are as wide as they have to be", () => {
  expect(formatColumns(rows, { width: 80, flexible: 1, right: [2] })).toEqual([
    "Run  Priors          Size",
    "a    gaussian, beta  7 MB",
  ]);
});

test("one gives way where there is too little room, but not all of it", () => {
  const options = { flexible: 1, right: [2] };
  expect(formatColumns(rows, { ...options, width: 21 })).toEqual([
    "Run  Priors      Size",
    "a    gaussian,…  7 MB",
  ]);
  expect(formatColumns(rows, { ...options, width: 5 })[1])
    .toBe("a    gaussia…  7 MB");
});

test("rows may be short, or none", () => {
  expect(formatColumns([["a"], ["b", "c"]], { width: 9, flexible: 0 }))
    .toEqual(["a", "b  c"]);
  expect(formatColumns([], { width: 9, flexible: 0 })).toEqual([]);
});

test("a cell is painted as it is shown, and takes the same room", () => {
  const paint = (text: string, row: number, column: number) =>
    row === 1 && column === 0 ? `<${text}>` : text;
  expect(formatColumns([["Name", "n"], ["long name", "10"]], {
    width: 14,
    right: [1],
    paint,
  })).toEqual(["Name        n", "<long name>  10"]);
});

test("texts that begin alike are cut where they still differ", () => {
  const rows = [["Prior", "1"], ["Gaussian(0,1) rate=0.1", "2"], [
    "Gaussian(0,1) rate=0.2",
    "3",
  ]];
  expect(formatColumns(rows, { width: 16 })).toEqual([
    "Prior          1",
    "Gaussi…te=0.1  2",
    "Gaussi…te=0.2  3",
  ]);
});
