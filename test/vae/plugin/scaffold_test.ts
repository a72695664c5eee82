import {
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pluginKinds } from "../../../core/vae/axes.ts";
import { priorKind } from "../../../core/vae/prior_axis.ts";
import { UserError } from "../../../core/lib/errors.ts";
import {
  newPackage,
  newPlugin,
  writeNew,
} from "../../../core/vae/plugin/scaffold.ts";

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-new-")));
});
afterEach(() => rm(folder, { recursive: true }));

async function faultOf(make: () => unknown): Promise<UserError> {
  try {
    await make();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error as UserError;
  }
  throw new Error("it was made");
}

describe("newPlugin", () => {
  test("gives plugin, test and page, with the name in all its forms", () => {
    const files = newPlugin(priorKind, "two-part_name");
    expect(files.map(({ path }) => path)).toEqual([
      "two_part_name.ts",
      "two_part_name.test.ts",
      "two_part_name.md",
    ]);
    const [plugin, test, page] = files.map(({ text }) => text);
    expect(plugin).toContain('name: "two-part_name"');
    expect(plugin).toContain("`TwoPartName(${location},${scale})`");
    expect(test).toContain('import twoPartName from "./two_part_name.ts";');
    expect(test).toContain('Cannot read "two-part_name.scale"');
    expect(page).toContain('"./two_part_name.ts"');
    for (const { text } of files) expect(text).not.toMatch(/my_?prior/i);
  });

  test.each([
    ["My Prior", 'For instance "my_prior"'],
    ["2d-prior", 'For instance "d_prior"'],
    ["a__b", 'For instance "a_b"'],
    ["../x", 'For instance "x"'],
    ["", undefined],
  ])("refuses %j", async (name, hint) => {
    const fault = await faultOf(() => newPlugin(priorKind, name));
    expect(fault.message).toMatch(/^Cannot make a prior ".*": want lower-case/);
    expect(fault.hint).toBe(hint);
  });

  test.each(["beta", "log_normal", "log-normal"])(
    "refuses %s, which comes with the project",
    async (name) => {
      expect((await faultOf(() => newPlugin(priorKind, name))).message)
        .toBe(`Cannot make a prior "${name}": plugins/ has one of that name`);
    },
  );
});

test.each(pluginKinds)("a package of a $name names its kind alone", (kind) => {
  const files = newPackage(kind, "two-part");
  expect(files[0]!.path).toBe(join(`vae-${kind.name}-two-part`, "two_part.ts"));
  const others = pluginKinds.filter((other) => other !== kind)
    .map(({ name }) => `(?:new |vae-)${name}(?!s)|My${name}|my_${name}`).join(
      "|",
    );
  for (const { text } of files) {
    expect(text).not.toMatch(
      /KIND|my_|My(?:Prior|Network|Likelihood|Objective)/,
    );
    expect(text).not.toMatch(new RegExp(others, "i"));
  }
  expect(files[2]!.text).toContain(`"name": "vae-${kind.name}-two-part"`);
});

test("newPackage gives a package that asks for the versions of this project", async () => {
  const files = newPackage(priorKind, "half-normal");
  expect(files.map(({ path }) => path)).toEqual([
    "half_normal.ts",
    "half_normal.test.ts",
    "package.json",
    "README.md",
    "tsconfig.json",
    "tsconfig.build.json",
    ".gitignore",
    "vitest.config.ts",
  ].map((path) => join("vae-prior-half-normal", path)));
  const manifest = JSON.parse(files[2]!.text);
  const own = JSON.parse(
    await readFile(new URL("../../../package.json", import.meta.url), "utf8"),
  );
  expect(manifest).toMatchObject({
    name: "vae-prior-half-normal",
    exports: {
      ".": {
        types: "./dist/half_normal.d.ts",
        default: "./dist/half_normal.js",
      },
    },
    keywords: expect.arrayContaining(["vae-priors", "vae-prior"]),
    files: ["dist"],
    peerDependencies: { "vae-priors": `^${own.version}` },
    devDependencies: { vitest: own.devDependencies.vitest },
  });
  expect(files[2]!.text).not.toContain("undefined");
});

describe("writeNew", () => {
  test("writes what is not there, into a folder that it makes", async () => {
    await writeNew(newPlugin(priorKind, "mine"), join(folder, "a/b"));
    expect((await readdir(join(folder, "a/b"))).sort())
      .toEqual(["mine.md", "mine.test.ts", "mine.ts"]);
  });

  test("writes nothing where one file is there", async () => {
    await writeFile(join(folder, "mine.md"), "kept");
    const fault = await faultOf(() =>
      writeNew(newPlugin(priorKind, "mine"), folder)
    );
    expect(fault.message).toBe(
      `Cannot make "${join(folder, "mine.md")}": the file is there already`,
    );
    expect(fault.hint).toContain("--directory");
    expect(await readdir(folder)).toEqual(["mine.md"]);
    expect(await readFile(join(folder, "mine.md"), "utf8")).toBe("kept");
  });
});
