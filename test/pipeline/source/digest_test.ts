import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { bundleSources } from "../../../core/pipeline/source/bundle.ts";
import { sourceDigester } from "../../../core/pipeline/source/digest.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sources-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  write(
    "plugin.ts",
    'import { double } from "./helper.ts";\nexport default double(2);',
  );
  write(
    "helper.ts",
    "// Twice.\nexport function double(x: number): number { return 2 * x; }",
  );
});

/** Writes a file with a time in the past, as if it had been there for long. */
function write(file: string, text: string, age = 60): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  const time = Date.now() / 1000 - age;
  utimesSync(path, time, time);
  return pathToFileURL(path).href;
}

async function digest(file = "plugin.ts"): Promise<string> {
  const url = pathToFileURL(join(folder, file)).href;
  const digester = sourceDigester(join(folder, "memory.json"));
  return (await digester.digest([url])).get(url)!;
}

describe("sourceDigester()", () => {
  it("ignores comments, types and formatting", async () => {
    const before = await digest();
    write(
      "helper.ts",
      "/** Doubles. */\nexport function double(\n  x: unknown,\n) {\n  return 2 * (x as number);\n}\n",
      50,
    );
    expect(await digest()).toBe(before);
  });

  it("ignores the names of files", async () => {
    const before = await digest();
    write("other-plugin.ts", readFileSync(join(folder, "plugin.ts"), "utf8"));
    expect(await digest("other-plugin.ts")).toBe(before);
  });

  it("notices a change in what is imported", async () => {
    const before = await digest();
    write(
      "helper.ts",
      "export function double(x: number): number { return 3 * x; }",
    );
    expect(await digest()).not.toBe(before);
  });

  it("remembers digests while no file is touched", async () => {
    const before = await digest();
    const memory = JSON.parse(
      readFileSync(join(folder, "memory.json"), "utf8"),
    );
    const [path] = Object.keys(memory.modules);
    memory.modules[path!].digest = "remembered";
    writeFileSync(join(folder, "memory.json"), JSON.stringify(memory));
    expect(await digest()).toBe("remembered");
    write("helper.ts", readFileSync(join(folder, "helper.ts"), "utf8"), 30);
    expect(await digest()).toBe(before);
  });

  it("does not trust files as young as the look at them", async () => {
    write(
      "helper.ts",
      "export function double(x: number): number { return 4 * x; }",
      0,
    );
    await digest();
    const memory = JSON.parse(
      readFileSync(join(folder, "memory.json"), "utf8"),
    );
    expect(Object.keys(memory.modules)).toEqual([]);
  });

  it("notices another version of a package", async () => {
    write("node_modules/some-math/package.json", '{"version":"1.0.0"}');
    write("maths.ts", 'import { f } from "some-math";\nexport default f(1);');
    const before = await digest("maths.ts");
    write("node_modules/some-math/package.json", '{"version":"1.0.1"}', 50);
    expect(await digest("maths.ts")).not.toBe(before);
  });

  it("digests a plugin that is a package, with its version", async () => {
    write("node_modules/vae-prior-foo/package.json", '{"version":"1.0.0"}');
    write("node_modules/vae-prior-foo/main.js", "export default 1;");
    const before = await digest("node_modules/vae-prior-foo/main.js");
    write("node_modules/vae-prior-foo/package.json", '{"version":"2.0.0"}', 50);
    expect(await digest("node_modules/vae-prior-foo/main.js")).not.toBe(before);
  });

  it("refuses a module that is not there", async () => {
    const digester = sourceDigester(join(folder, "memory.json"));
    await expect(digester.digest(["file:///no/such.ts"]))
      .rejects.toThrow('Cannot find the source of module "file:///no/such.ts"');
  });
});

describe("bundleSources()", () => {
  const core = (file: string) =>
    fileURLToPath(new URL(`../../../core/${file}`, import.meta.url));

  it("takes of the core what a plugin uses, and no more", async () => {
    write(
      "prior.ts",
      'import { interval } from "vae-priors";\nexport default interval(0, 1);',
    );
    const path = join(folder, "prior.ts");
    const { texts, files, packages } = (await bundleSources([path])).get(path)!;
    expect(texts).toEqual([
      'function interval(lower,upper){return{kind:"interval",lower,upper}}' +
      "var real=interval(-Infinity,Infinity);" +
      "var positiveReal=interval(0,Infinity);var unitInterval=interval(0,1);" +
      "var <default>=interval(0,1);export{<default> as default};\n",
    ]);
    expect(packages).toEqual([]);
    expect(files).toContain(core("vae/plugin/support.ts"));
  });

  it("gives the same for a module, whatever is bundled beside it", async () => {
    const paths = [
      "vae/stages/train.ts",
      "vae/stages/evaluate.ts",
      "vae/stages/load_mnist.ts",
      "../plugins/beta.ts",
    ].map(core);
    const together = await bundleSources(paths);
    for (const path of paths) {
      const alone = await bundleSources([path]);
      expect(alone.get(path)).toEqual(together.get(path));
    }
  });

  it("follows imports by call, and imports for what a module does", async () => {
    write(
      "entry.ts",
      'import "./effect.ts";\nexport default () => import("./late.ts");',
    );
    write("effect.ts", "globalThis.mark = 1;");
    write("late.ts", 'import "./helper.ts";\nexport const late = 2;');
    const path = join(folder, "entry.ts");
    const { texts, files } = (await bundleSources([path])).get(path)!;
    expect(texts).toHaveLength(2);
    expect(texts[0]).toContain("globalThis.mark=1");
    expect(texts[0]).not.toContain(folder);
    expect(texts[1]).toContain("late=2");
    expect(files).toContain(join(folder, "helper.ts"));
  });
});
