import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { sourceDigester } from "../../../core/pipeline/source/digest.ts";

let folder: string;
let age: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "imports-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  age = 100;
});

/** Writes files as if they had been there for long, each later than the last. */
function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    const time = Date.now() / 1000 - age--;
    utimesSync(path, time, time);
    utimesSync(dirname(path), time, time);
  }
}

/** Digest of `plugin.ts`, by a digester that remembers the last look. */
async function digest(): Promise<string> {
  const url = pathToFileURL(join(folder, "plugin.ts")).href;
  const digester = sourceDigester(join(folder, "memory.json"));
  return (await digester.digest([url])).get(url)!;
}

interface Case {
  /** The plugin and what it needs. */
  readonly files: Readonly<Record<string, string>>;
  readonly edit: Readonly<Record<string, string>>;
  readonly link?: readonly [from: string, to: string];
}

const COUNTS: Readonly<Record<string, Case>> = {
  "JSON that is imported": {
    files: {
      "plugin.ts":
        'import t from "./table.json" with { type: "json" };\nexport default t.a;',
      "table.json": '{ "a": 1 }',
    },
    edit: { "table.json": '{ "a": 2 }' },
  },
  "a module imported by a call": {
    files: {
      "plugin.ts": 'export default () => import("./late.ts");',
      "late.ts": "export const late = 1;",
    },
    edit: { "late.ts": "export const late = 2;" },
  },
  "modules of a pattern in a call": {
    files: {
      "plugin.ts":
        "export default (name: string) => import(`./tables/${name}.ts`);",
      "tables/one.ts": "export const table = 1;",
    },
    edit: { "tables/one.ts": "export const table = 2;" },
  },
  "another module of such a pattern": {
    files: {
      "plugin.ts":
        "export default (name: string) => import(`./tables/${name}.ts`);",
      "tables/one.ts": "export const table = 1;",
    },
    edit: { "tables/two.ts": "export const table = 2;" },
  },
  "a module that a worker starts from": {
    files: {
      "plugin.ts":
        'export default () => new Worker(new URL("./thread.ts", import.meta.url));',
      "thread.ts": 'import { step } from "./step.ts";\nstep();',
      "step.ts": "export const step = () => postMessage(1);",
    },
    edit: { "step.ts": "export const step = () => postMessage(2);" },
  },
  "a data file named by its URL": {
    files: {
      "plugin.ts":
        'import { readFileSync } from "node:fs";\nexport default readFileSync(\n  new URL("./weights.bin", import.meta.url),\n);',
      "weights.bin": "1",
    },
    edit: { "weights.bin": "2" },
  },
  "a package that is a link to its sources": {
    files: {
      "plugin.ts": 'import { f } from "shapes";\nexport default f(1);',
      "packages/shapes/package.json":
        '{ "name": "shapes", "version": "1.0.0", "type": "module", "exports": "./main.ts" }',
      "packages/shapes/main.ts": "export const f = (x: number) => x;",
    },
    link: ["node_modules/shapes", "packages/shapes"],
    edit: {
      "packages/shapes/main.ts": "export const f = (x: number) => 2 * x;",
    },
  },
  "a name of the package's own imports": {
    files: {
      "plugin.ts": 'import { f } from "#shapes";\nexport default f(1);',
      "package.json": '{ "imports": { "#shapes": "./shapes.ts" } }',
      "shapes.ts": "export const f = (x: number) => x;",
    },
    edit: { "shapes.ts": "export const f = (x: number) => 2 * x;" },
  },
  "where such a name leads": {
    files: {
      "plugin.ts": 'import { f } from "#shapes";\nexport default f(1);',
      "package.json": '{ "imports": { "#shapes": "./shapes.ts" } }',
      "shapes.ts": "export const f = (x: number) => x;",
      "other.ts": "export const f = (x: number) => 2 * x;",
    },
    edit: { "package.json": '{ "imports": { "#shapes": "./other.ts" } }' },
  },
  "a path of the tsconfig": {
    files: {
      "plugin.ts": 'import { f } from "@/shapes.ts";\nexport default f(1);',
      "tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
      "shapes.ts": "export const f = (x: number) => x;",
    },
    edit: { "shapes.ts": "export const f = (x: number) => 2 * x;" },
  },
  "a tsconfig that changes the code, though it was not there": {
    files: { "plugin.ts": "export default class { x!: number; }" },
    edit: {
      "tsconfig.json":
        '{ "compilerOptions": { "useDefineForClassFields": false } }',
    },
  },
  "a tsconfig that another extends": {
    files: {
      "plugin.ts": "export default class { x!: number; }",
      "tsconfig.json": '{ "extends": "./base" }',
      "base.json": "{}",
    },
    edit: {
      "base.json":
        '{ "compilerOptions": { "useDefineForClassFields": false } }',
    },
  },
};

const COUNTS_NOT: Readonly<Record<string, Case>> = {
  "types, and what exports nothing else": {
    files: {
      "plugin.ts":
        'import type { A } from "./types.ts";\nexport default 1 as A;',
      "types.ts": "export type A = number;\nconsole.log(1);",
    },
    edit: { "types.ts": "export type A = 1 | 2;\nconsole.log(2);" },
  },
  "a tsconfig that leaves the code as it is": {
    files: { "plugin.ts": "export default 1;", "tsconfig.json": "{}" },
    edit: { "tsconfig.json": '{ "compilerOptions": { "strict": true } }' },
  },
  "an installed package's files, while its version is the same": {
    files: {
      "plugin.ts": 'import { f } from "some-math";\nexport default f(1);',
      "node_modules/some-math/package.json":
        '{ "version": "1.0.0", "main": "main.js" }',
      "node_modules/some-math/main.js": "exports.f = (x) => x;",
    },
    edit: { "node_modules/some-math/main.js": "exports.f = (x) => 2 * x;" },
  },
  "a folder named by its URL": {
    files: {
      "plugin.ts": 'export default new URL("./data/", import.meta.url);',
      "data/one.txt": "1",
    },
    edit: { "data/one.txt": "2" },
  },
};

async function changes({ files, edit, link }: Case): Promise<boolean> {
  write(files);
  if (link !== undefined) {
    const [from, to] = link;
    mkdirSync(dirname(join(folder, from)), { recursive: true });
    symlinkSync(join(folder, to), join(folder, from), "junction");
  }
  const before = await digest();
  write(edit);
  const after = await digest();
  // What is remembered, and what a fresh look gives, are one and the same.
  rmSync(join(folder, "memory.json"));
  expect(await digest()).toBe(after);
  return before !== after;
}

describe("a source digest has", () => {
  it.each(Object.entries(COUNTS))("%s", async (_, given) => {
    expect(await changes(given)).toBe(true);
  });
});

describe("a source digest has not", () => {
  it.each(Object.entries(COUNTS_NOT))("%s", async (_, given) => {
    expect(await changes(given)).toBe(false);
  });
});

it("takes a package that cannot be found for what its importer makes of it", async () => {
  write({
    "plugin.ts":
      'let f;\ntry { f = await import("not-there"); } catch {}\nexport default f;',
  });
  expect(await digest()).toMatch(/^[0-9a-f]{64}$/);
});
