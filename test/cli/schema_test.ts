// `schema`, in an editor: its JSON language server reads the file that the
// command has written, by the config's `$schema`.

import { readFileSync } from "node:fs";
import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConfig } from "../../core/config/load.ts";
import { normaliseConfig } from "../../core/vae/normalise.ts";
import { runCommand } from "../processes/command.ts";
import { type Editor, editorIn } from "./language_server.ts";

const VALIBOT = new URL(
  "../../node_modules/valibot/dist/index.mjs",
  import.meta.url,
);
const OWN_STAGE = `
import * as v from ${JSON.stringify(VALIBOT.href)};
export default {
  kind: "stage", name: "count", version: 1, module: import.meta.url,
  description: "Counts images", inputs: ["dataset"], outputs: [], params: [],
  options: v.strictObject({
    upTo: v.optional(v.pipe(v.number(), v.description("where it ends")), 9),
  }),
  run: async () => ({}),
};`;

let folder: string;
let editor: Editor;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-schema-")));
  editor = editorIn(folder);
  await writeFile(join(folder, "count.mjs"), OWN_STAGE);
  await cli("new", "prior", "my_prior");
  await cli("schema", "pipeline.schema.json");
  const config = { priors: ["./my_prior.ts"], stages: ["./count.mjs"] };
  await writeFile(join(folder, "my.config.json"), JSON.stringify(config));
  await cli("schema", "my.schema.json", "--config", "my.config.json");
});
afterAll(() => rm(folder, { recursive: true }));

async function cli(...argv: string[]) {
  const end = await runCommand(argv, { cwd: folder });
  expect(end).toMatchObject({ code: 0, stderr: "" });
  return end.stdout;
}

/** Paths of what a person may write, of which a schema does not say what it is. */
function untold(schema: unknown, path = ""): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, part]) => {
    const below = untold(part, `${path}/${key}`);
    if (!path.endsWith("/properties") || typeof part !== "object") return below;
    const isTold = "description" in part || "$ref" in part;
    return isTold ? below : [`${path}/${key}`, ...below];
  });
}

/** `text` as a config that names a schema. */
function naming(text: string, schema = "pipeline.schema.json"): string {
  return text.replace("{", `{ "$schema": "./${schema}", `);
}

describe("an editor completes", () => {
  test.each([
    ["keys", '{ "|" }', ["priors", "networks", "latentDim", "matrix"]],
    ["names of stages", '{ "|" }', ["load_mnist", "train", "sample_metrics"]],
    ["options of a stage", '{ "train": { "|" } }', ["epochs", "schedule"]],
    ["their values", '{ "train": { "schedule": | } }', ["cosine", "linear"]],
    ["priors", '{ "priors": [ | ] }', ["beta", "gaussian", "vamp"]],
    ["a prior's options", '{ "priors": [["beta", { "|" }]] }', ["alpha"]],
    ["networks", '{ "networks": "|" }', ["conv", "mlp"]],
    ["options of one", '{ "networks": ["conv", { "|" }] }', ["widths"]],
    ["of one in a list", '{ "networks": ["mlp", ["conv", { "|" }]] }', [
      "widths",
    ]],
    ["a preset's options", '{ "presets": { "p": { "train": { "|" } } } }', [
      "epochs",
    ]],
    ["the matrix", '{ "matrix": { "|" } }', ["train.learningRate"]],
    ["its values", '{ "matrix": { "train.schedule": ["|"] } }', ["cosine"]],
    ["exclude", '{ "exclude": [{ "|" }] }', ["prior", "train.learningRate"]],
    ["stages left out", '{ "without": ["|"] }', ["sample_metrics"]],
  ])("%s", async (_, text, wanted) => {
    const offered = await editor.complete(naming(text));
    expect([...offered.keys()]).toEqual(expect.arrayContaining(wanted));
  });

  test("options of one prior, and of no other", async () => {
    const text = naming('{ "priors": [["gaussian", { "|" }]] }');
    const offered = await editor.complete(text);
    expect([...offered.keys()]).toContain("variance");
    expect([...offered.keys()]).not.toContain("alpha");
  });

  test("what the config has of its own", async () => {
    const own = (text: string) =>
      editor.complete(naming(text, "my.schema.json"));
    expect([...(await own('{ "|" }')).keys()]).toContain("count");
    expect(await own('{ "count": { "|" } }')).toEqual(
      new Map([["upTo", "where it ends"]]),
    );
    expect([...(await own('{ "priors": ["|"] }')).keys()])
      .toEqual(expect.arrayContaining(["./my_prior.ts", "gaussian"]));
    const options = await own('{ "priors": [["./my_prior.ts", { "|" }]] }');
    expect([...options.keys()]).toContain("scale");
  });
});

test("an editor tells what everything is", async () => {
  const hover = (text: string) => editor.hover(naming(text));
  expect(await hover('{ "train": { "epo|chs": 3 } }'))
    .toContain("passes over the training images");
  expect(await hover('{ "priors": [["gaussian", { "me|an": 1 }]] }'))
    .toContain("mean of each coordinate");
  const keys = await editor.complete(naming('{ "|" }'));
  expect([...keys].filter(([, told]) => told === "")).toEqual([]);
  expect(untold(JSON.parse(await cli("schema")))).toEqual([]);
});

describe("an editor marks", () => {
  test.each([
    ['{ "priors": ["gaussian"], "trian": {} }', '"trian"', "not allowed"],
    ['{ "priors": ["gausian"] }', '"gausian"', "Valid values"],
    ['{ "priors": [["gaussian", { "men": 1 }]] }', '"men"', "not allowed"],
    ['{ "priors": [["gaussian", { "mean": "1" }]] }', '"1"', '"number"'],
    ['{ "priors": ["beta"], "train": { "epoch": 3 } }', '"epoch"', "allowed"],
    ['{ "priors": ["beta"], "train": { "epochs": 0 } }', "0", "minimum of 1"],
    ['{ "priors": ["beta"], "networks": "mpl" }', '"mpl"', "Valid values"],
    [
      '{ "priors": ["beta"], "networks": ["mlp", { "hiden": [3] }] }',
      '"hiden"',
      "not allowed",
    ],
    ['{ "priors": ["beta"], "latentDim": [2, 0] }', "0", "minimum of 1"],
    ['{ "priors": ["beta"], "engine": "gpu" }', '"gpu"', "Valid values"],
    ['{ "priors": ["beta"], "without": "trian" }', '"trian"', "Valid values"],
    ['{ "priors": ["beta"], "presets": { "full": {} } }', '"full"', "allowed"],
    [
      '{ "priors": ["beta"], "presets": { "p": { "train": { "epoch": 1 } } } }',
      '"epoch"',
      "not allowed",
    ],
    [
      '{ "priors": ["beta"], "matrix": { "train.epoch": [1] } }',
      '"train.epoch"',
      "not allowed",
    ],
    [
      '{ "priors": ["beta"], "matrix": { "train.epochs": ["a"] } }',
      '"a"',
      '"integer"',
    ],
    ['{ "priors": ["beta"], "exclude": [{ "priors": "x" }] }', '"priors"', ""],
  ])("%s, as a run refuses it", async (text, marked, why) => {
    const named = naming(text);
    const marks = await editor.mark(named);
    expect(marks).toEqual([[marked, expect.stringContaining(why)]]);
    await writeFile(join(folder, "wrong.json"), named);
    const { config } = await loadConfig({ cwd: folder, file: "wrong.json" });
    await expect(normaliseConfig(config, { baseDirectory: folder }))
      .rejects.toThrow(/^Cannot /);
  });

  test("no prior at all", async () => {
    expect((await editor.mark(naming('{ "seed": 1 }'))).map(([, why]) => why))
      .toEqual(['Missing property "priors".']);
  });
});

test("an editor marks nothing in the README's configs", async () => {
  const page = readFileSync(
    new URL("../../README.md", import.meta.url),
    "utf8",
  );
  const blocks = [...page.matchAll(/^```json\n([^]*?)^```/gm)]
    .map(([, text]) => text!.replace(/\s*"\$schema": .*,/, ""));
  expect(blocks.length).toBeGreaterThanOrEqual(3);
  for (const text of blocks) {
    expect(await editor.mark(naming(text))).toEqual([]);
  }
});

test("a schema is written over, and no other file", async () => {
  const file = join(folder, "pipeline.schema.json");
  const before = await readFile(file, "utf8");
  expect(await cli("schema", "pipeline.schema.json")).toBe(
    'made  pipeline.schema.json\n"$schema": "./pipeline.schema.json"    in a config beside it\n',
  );
  expect(await readFile(file, "utf8")).toBe(before);
  expect(await cli("schema")).toBe(before);
  const refused = await runCommand(["schema", "my.config.json"], {
    cwd: folder,
  });
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("it is there already, and no schema"),
  });
});
