import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packageEntry } from "../../../core/load/package_entry.ts";

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-package-")));
  await mkdir(join(folder, "a/b"), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

async function install(manifest: object, file: string): Promise<string> {
  const directory = join(folder, "node_modules/vae-prior-x");
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "package.json"), JSON.stringify(manifest));
  await writeFile(join(directory, file), "");
  return pathToFileURL(join(directory, file)).href;
}

test.each([
  [{ exports: "./mod.js" }, "mod.js"],
  [{ exports: { ".": { types: "./x.d.ts", import: "./mod.js" } } }, "mod.js"],
  [{ exports: { node: { default: "./mod.js" } } }, "mod.js"],
  [{ main: "lib" }, "lib.js"],
  [{ main: "./prior.ts" }, "prior.ts"],
  [{}, "index.js"],
])("%j is entered by %s", async (manifest, file) => {
  const url = await install(manifest, file);
  expect(packageEntry("vae-prior-x", join(folder, "a/b"))).toBe(url);
});

test("a package that is not installed is undefined", () => {
  expect(packageEntry("vae-prior-x", folder)).toBeUndefined();
});

test("a package without its entry is an error that names it", async () => {
  await install({ main: "gone.js" }, "other.js");
  expect(() => packageEntry("vae-prior-x", folder)).toThrow(
    `Cannot load package "vae-prior-x" (${
      join(folder, "node_modules/vae-prior-x")
    }): its entry`,
  );
});
