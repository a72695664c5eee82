import { expect, it } from "vitest";
import { type FiguresFile, slowerThan, tablesOf } from "./figures_file.ts";

const file = (date: string, figures: Readonly<Record<string, number>>) =>
  ({
    date,
    processor: "A processor (2 cores)",
    machine: "A processor (2 cores), Node 20",
    sections: { steps: { markdown: "### Steps", figures } },
  }) satisfies FiguresFile;

it("what takes a tenth longer than before is told, and nothing else", () => {
  const before = file("2026-11-29", { normal: 2, beta11: 4, gone: 1 });
  const now = file("2026-11-30", { normal: 2.1, beta11: 8, new: 9 });
  const text = slowerThan(now, before);
  expect(text).toContain("Slower than on 2026-11-29");
  expect(text).toContain("| steps: beta11 | 4.00 | 8.00 | 2.00 |");
  expect(text).not.toContain("normal");
  expect(text).not.toContain("new");
  expect(slowerThan(before, before)).toContain("Nothing by more than 10 %");
});

it("a file's tables stand under its date and machine", () => {
  expect(tablesOf(file("2026-11-30", {})))
    .toBe("## 2026-11-30, A processor (2 cores), Node 20\n\n### Steps");
});
