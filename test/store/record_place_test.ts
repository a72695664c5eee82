import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { diskOf, lookForRecord } from "../../core/store/record_place.ts";

let root: string;
let record: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "place-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  record = join(root, "outputs", "runs", "r", "record.json");
});

test("a record is there, or gone with its folder or those around it", () => {
  expect(lookForRecord({ record })).toBe("gone");
  mkdirSync(dirname(record), { recursive: true });
  expect(lookForRecord({ record, disk: diskOf(record) })).toBe("gone");
  writeFileSync(record, "{}");
  expect(lookForRecord({ record, disk: diskOf(record) })).toBe("there");
});

test("a record whose report is being replaced is there", () => {
  const runs = join(root, "outputs", "runs");
  mkdirSync(join(runs, ".r.old~1~2~host~3"), { recursive: true });
  expect(lookForRecord({ record })).toBe("there");
});

test("a record where nobody can look is not gone", () => {
  // As root, too, nobody looks behind a link to itself.
  symlinkSync("outputs", join(root, "outputs"));
  expect(lookForRecord({ record, disk: diskOf(root) }))
    .toEqual({ unseen: expect.stringContaining("ELOOP") });
});

test("a record on a disk that is not there is not gone", () => {
  const disk = diskOf(record)!;
  expect(root.startsWith(disk.path)).toBe(true);
  expect(lookForRecord({ record, disk: { ...disk, root: "7-7" } }))
    .toEqual({ unseen: `another disk is at ${disk.path}` });
  const path = join(root, "unmounted");
  expect(lookForRecord({ record, disk: { ...disk, path } }))
    .toEqual({ unseen: `another disk is at ${path}` });
});
