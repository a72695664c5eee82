import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { outputOf } from "../../processes/child.ts";
import { CHANGES } from "./changes.ts";
import type { ChangeResult } from "./measure_change.ts";

const GUIDE = new URL("../../../core/pipeline/README.md", import.meta.url);

let results: readonly ChangeResult[];

beforeAll(async () => {
  // A process of its own, which imports plugins as the command line does.
  const script = fileURLToPath(new URL("./table.ts", import.meta.url));
  const words = ["--import", "tsx", script, "--json", "--planned"];
  results = JSON.parse(await outputOf([process.execPath, ...words]));
});

describe("after a change, as little runs again as can be, and why says what it was", () => {
  it.each(
    CHANGES.map(({ what, ...expected }, index) =>
      [what, index, expected] as const
    ),
  )("%s", (_, index, { reruns, why }) => {
    expect(results[index]).toEqual({ reruns, why });
  });
});

it("the guide has the table", () => {
  const rows = readFileSync(GUIDE, "utf8").split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
  const table = rows.slice(
    rows.findIndex(([first]) => first === "what changed") + 2,
  );
  const expected = CHANGES.map(({ what, reruns, why }) => [
    what,
    reruns,
    why.map((text) => `\`${text}\``).join(", "),
  ]);
  const isHere = ([what]: readonly string[]) =>
    what !== "the processor, on the native engine";
  expect(table.slice(0, expected.length).filter(isHere))
    .toEqual(expected.filter(isHere));
});
