import { describe, expect, test } from "vitest";
import { hidePaths, shownPath } from "../../core/lib/shown_paths.ts";

const base = "/home/Jane Doe/project";

test.each([
  [`${base}/outputs/runs/a`, "outputs/runs/a"],
  [base, "project"],
  ["/home/Jane Doe/projects/x", "x"],
  ["/home/Jane Doe/project-2", "project-2"],
  ["/data/mnist", "mnist"],
  ["./mine.ts", "./mine.ts"],
  ["s3://bucket/prefix", "s3://bucket/prefix"],
  ["plain text", "plain text"],
])("shownPath() of %s", (path, shown) => {
  expect(shownPath(path, base)).toBe(shown);
});

describe("hidePaths()", () => {
  test.each([
    ["IDX files in /data/sets/mnist", "IDX files in mnist"],
    [
      `Cannot write to the store in "${base}/outputs/store": the disk is full (ENOSPC: no space left on device, open '${base}/outputs/store/.x')`,
      "Cannot write to the store in \"outputs/store\": the disk is full (ENOSPC: no space left on device, open 'outputs/store/.x')",
    ],
    [
      'Cannot load prior "/home/Jane Doe/my prior.ts": oops',
      'Cannot load prior "my prior.ts": oops',
    ],
    [`made in ${base}, not elsewhere`, "made in project, not elsewhere"],
    [`${base}/a b.ts is there`, "a b.ts is there"],
    [
      "at file:///work/a%20b/core/stages/train.ts:3:4",
      "at train.ts:3:4",
    ],
    ["--config=/data/a/b.json", "--config=b.json"],
  ])("of %s", (text, shown) => {
    expect(hidePaths(text, base)).toBe(shown);
  });

  test.each([
    "ms/step, and/or 3/4 of 1 / 2, a/b/c, ./a/b.ts, ../x/y.ts, ~/x/y",
    "see https://example.org/a/b and s3://bucket/a/b, redis://host:1/2/3",
    "hint: MNIST 2026/01/02, N(0, 1), p(z|x) / q(z)",
    "/",
  ])("leaves what is no absolute path: %s", (text) => {
    expect(hidePaths(text, base)).toBe(text);
  });

  test("takes a folder for itself and not for the beginning of another", () => {
    expect(hidePaths("in /a/b, /a/bc/d, /x/a/b/c and /a/b/c", "/a/b"))
      .toBe("in b, d, c and c");
  });
});
