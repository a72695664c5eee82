import { describe, expect, test } from "vitest";
import {
  formatBytes,
  formatWhen,
  parseAge,
  parseBytes,
  shortDigest,
} from "../../core/runs/format.ts";

describe("formatBytes()", () => {
  test.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [99_940, "99.9 kB"],
    [99_960, "100 kB"],
    [999_499, "999 kB"],
    [999_500, "1.0 MB"],
    [5.25e9, "5.3 GB"],
    [7e15, "7000 TB"],
  ])("%d is %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe("parseBytes()", () => {
  test.each([
    ["5GB", 5e9],
    ["500 MB", 5e8],
    ["1.5GiB", 1.5 * 1024 ** 3],
    ["10k", 1e4],
    ["0", 0],
    ["12B", 12],
  ])("%s is %d", (text, bytes) => {
    expect(parseBytes(text, "--max-size")).toBe(bytes);
  });

  test.each(["", "GB", "-1MB", "5 potatoes", "1e9", "true"])(
    "refuses %j",
    (text) => {
      expect(() => parseBytes(text, "--max-size")).toThrow(
        `Cannot read --max-size: found "${text}", want a size`,
      );
    },
  );
});

describe("parseAge()", () => {
  test.each([
    ["90m", 5.4e6],
    ["12h", 4.32e7],
    ["30d", 2.592e9],
    ["2w", 1.2096e9],
    ["0d", 0],
  ])("%s is %d ms", (text, ms) => {
    expect(parseAge(text, "--older-than")).toBe(ms);
  });

  test.each(["", "30", "d", "-1d", "3 years"])("refuses %j", (text) => {
    expect(() => parseAge(text, "--older-than")).toThrow("want a time");
  });
});

test("formatWhen() leaves out this year alone", () => {
  const time = new Date(2026, 0, 2, 3, 4).getTime();
  expect(formatWhen(time)).toBe("2026-01-02 03:04");
  expect(formatWhen(time, time)).toBe("01-02 03:04");
  expect(formatWhen(time, new Date(2027, 1, 1).getTime()))
    .toBe("2026-01-02 03:04");
});

test("shortDigest() shortens digests and nothing else", () => {
  expect(shortDigest("a".repeat(64))).toBe("aaaaaaaa");
  expect(shortDigest("a".repeat(63))).toBe("a".repeat(63));
});
