import * as files from "node:fs/promises";
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { pointLatest } from "../../core/report/latest.ts";
import { sha256 } from "../../core/lib/files.ts";

vi.mock(
  "node:fs/promises",
  async (original) => ({ ...await original<typeof files>() }),
);

let outputs: string;
beforeEach(async () => {
  outputs = await mkdtemp(join(tmpdir(), "latest-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(outputs, { recursive: true, force: true });
});

/** A finished report of one page. */
async function report(run: string): Promise<string> {
  const directory = join(outputs, "runs", run);
  await mkdir(directory, { recursive: true });
  const texts = {
    "report.html": `<p>${run}`,
    "record.json": JSON.stringify({ run }),
  };
  const digests: Record<string, string> = {};
  for (const [name, text] of Object.entries(texts)) {
    await writeFile(join(directory, name), text);
    digests[name] = sha256(text);
  }
  const manifest = { fingerprint: "", artifacts: [], files: digests };
  await writeFile(join(directory, "manifest.json"), JSON.stringify(manifest));
  return directory;
}

const open = () => readFile(join(outputs, "latest", "report.html"), "utf8");

/** From now on no call of this name succeeds. */
function fail(call: "symlink" | "copyFile" | "open", code: string): void {
  const error = Object.assign(new Error(`${code}: ${call}`), { code });
  vi.spyOn(files, call).mockRejectedValue(error);
}

test("a link leads to the latest report", async () => {
  await pointLatest(outputs, await report("one"));
  const { path, warning } = await pointLatest(outputs, await report("two"));
  expect({ path, warning })
    .toEqual({ path: join(outputs, "latest"), warning: null });
  expect(await readlink(path!)).toBe(join("runs", "two"));
  expect(await open()).toBe("<p>two");
});

describe.each(["EPROTO", "EINVAL", "EPERM", "EIO"])(
  "where a link cannot be made: %s",
  (code) => {
    test("a copy is there, of the latest", async () => {
      // An old link, of a system that could.
      await pointLatest(outputs, await report("zero"));
      fail("symlink", code);
      for (const run of ["one", "two", "two"]) {
        const { warning } = await pointLatest(outputs, await report(run));
        expect(warning).toBeNull();
        expect(await open()).toBe(`<p>${run}`);
      }
      expect((await readdir(outputs)).sort()).toEqual(["latest", "runs"]);
    });
  },
);

test("a link takes the place of a copy where it can be made again", async () => {
  fail("symlink", "EPROTO");
  await pointLatest(outputs, await report("one"));
  vi.restoreAllMocks();
  await pointLatest(outputs, await report("two"));
  expect(await readlink(join(outputs, "latest"))).toBe(join("runs", "two"));
});

test("a copy has what the report has, and nothing of anybody's", async () => {
  fail("symlink", "EPROTO");
  const directory = await report("one");
  await writeFile(join(directory, "notes.txt"), "mine");
  await pointLatest(outputs, directory);
  await pointLatest(outputs, await report("two"));
  expect(await open()).toBe("<p>two");
});

test.each([
  ["a folder of somebody's", "latest/mine"],
  ["a copy that somebody has added to", "latest/report.html"],
])("%s stays: a text names the run", async (_, file) => {
  await mkdir(join(outputs, "latest"));
  await writeFile(join(outputs, file), "");
  const { path, warning } = await pointLatest(outputs, await report("one"));
  expect(path).toBe(join(outputs, "latest.txt"));
  expect(await readFile(path!, "utf8")).toBe(`${join("runs", "one")}\n`);
  expect(warning).toContain("something else has that name");
  expect(await readFile(join(outputs, file), "utf8")).toBe("");

  await rm(join(outputs, "latest"), { recursive: true });
  expect((await pointLatest(outputs, await report("two"))).warning).toBeNull();
  expect((await readdir(outputs)).sort()).toEqual(["latest", "runs"]);
});

test("a file of somebody's stays: a text names the run", async () => {
  await writeFile(join(outputs, "latest"), "mine");
  const { path, warning } = await pointLatest(outputs, await report("one"));
  expect(path).toBe(join(outputs, "latest.txt"));
  expect(warning).toContain("something else has that name");
  expect(await readFile(join(outputs, "latest"), "utf8")).toBe("mine");
});

test("nothing leads to an earlier report where nothing can be written", async () => {
  await pointLatest(outputs, await report("one"));
  const directory = await report("two");
  for (const call of ["symlink", "copyFile", "open"] as const) {
    fail(call, "ENOSPC");
  }
  const { path, warning } = await pointLatest(outputs, directory);
  expect(path).toBeNull();
  expect(warning).toContain("ENOSPC");
  expect(warning).toContain(directory);
  expect(await readdir(outputs)).toEqual(["runs"]);
});
