import { mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { dirname, join, parse, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refuseMixing } from "../../core/config/mixing.ts";
import { readPlaces } from "../../core/config/places.ts";

let around: string;
let project: string;

beforeAll(async () => {
  around = realpathSync(await mkdtemp(join(tmpdir(), "vae-priors-mixing-")));
  project = join(around, "work", "project");
  mkdirSync(join(project, "outputs"), { recursive: true });
  mkdirSync(join(around, "checkout", ".git"), { recursive: true });
  symlinkSync(around, join(project, "link"));
});
afterAll(() => rm(around, { recursive: true }));

const read = (
  config: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string>> = {},
  isProject = true,
) => readPlaces(config, { baseDirectory: project, environment, isProject });

test.each(
  [
    [parse(homedir()).root, "the root of the file system"],
    ["../../..", '", a folder around the project'],
    ["..", 'work", a folder around the project'],
    [".", "the project's own folder"],
    ["outputs/..", "the project's own folder"],
    [homedir(), "the home folder"],
    [dirname(homedir()), /the root of the file system|a folder around home/],
    ["link", "a folder around the project"],
  ] as const,
)("neither outputs nor a new store are put into %s", (path, found) => {
  expect(() => read({ outputs: path })).toThrow(found);
  expect(() => read({ outputs: path })).toThrow('Cannot use "outputs": "');
  expect(() => read({ store: path })).toThrow('Cannot use "store": "');
});

test("the variable is named where it names such a store", () => {
  expect(() => read({}, { VAE_PRIORS_STORE: around }))
    .toThrow('Cannot use "VAE_PRIORS_STORE": "');
});

test("other folders do, whatever they hold", () => {
  const checkout = join(around, "checkout");
  for (const path of ["outputs", "../beside", checkout, "link/checkout"]) {
    expect(read({ outputs: path, store: path }).outputDirectory)
      .toBe(resolve(project, path));
  }
});

test("what is a store already stays one; without a config no project is there", () => {
  expect(read({}, { VAE_PRIORS_STORE: project }, false).storeDirectory)
    .toBe(project);
  expect(() => read({ store: ".." })).toThrow("around the project");
  mkdirSync(join(project, "..", ".references"));
  expect(read({ store: ".." }).storeDirectory).toBe(dirname(project));
});

test("sources go into the project, but not around it", () => {
  const place = { what: "Cannot", project, hint: "", isSource: true };
  refuseMixing(project, place);
  refuseMixing(join(project, "plugins"), place);
  expect(() => refuseMixing(dirname(project), place))
    .toThrow("want the project's folder, or one in it");
});
