import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChildEnd } from "../processes/child.ts";
import { type Checkout, checkOut } from "./_checkout.ts";
import { config, prior, stage } from "./_copied_project.ts";

let checkout: Checkout;
let copies: string;

beforeAll(async () => {
  checkout = await checkOut();
  copies = join(checkout.folder, "node_modules/.cache/vae-priors/copies");
});
afterAll(() => checkout.remove());

async function writeProject(extra = ""): Promise<void> {
  await rm(copies, { recursive: true, force: true });
  await checkout.write("work/helper.ts", 'export const NAME = "mine";\n');
  await checkout.write("work/mine.ts", prior("first"));
  await checkout.write("work/pipeline.config.ts", config(extra));
}

const SOURCES = { VAE_PRIORS_NO_BUNDLE: "1" };

/** What `list` says of the prior. */
async function listed(): Promise<string> {
  const { code, stdout, stderr } = await checkout.cli(["list", "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { priors } = JSON.parse(stdout) as {
    priors: { name: string; description: string }[];
  };
  const { name, description } = priors.at(-1)!;
  return `${name}: ${description}`;
}

/** Whether the last command left copies, which it does where it could make them. */
function hasCopies(): boolean {
  return existsSync(copies) && readdirSync(copies).length > 0;
}

test("config and plugins are copied, and an edit of either is seen", async () => {
  await writeProject();
  expect(await listed()).toBe("mine: first");
  expect(hasCopies()).toBe(true);
  await checkout.write("work/mine.ts", prior("second"));
  expect(await listed()).toBe("mine: second");
  await checkout.write("work/helper.ts", 'export const NAME = "other";');
  expect(await listed()).toBe("other: second");
});

test("a plugin of the project is read anew when it has changed", async () => {
  await writeProject();
  const plugin = "vae-priors/plugins/added.ts";
  const config = JSON.stringify({ priors: ["added"] });
  await checkout.write("work/pipeline.config.json", config);
  const argv = ["list", "--json", "--config", "pipeline.config.json"];
  for (const description of ["first", "second"]) {
    const text = prior(description).replace(
      "./helper.ts",
      "../../work/helper.ts",
    );
    await checkout.write(plugin, text.replace("vae-priors", "../core/mod.ts"));
    expect((await checkout.cli(argv)).stdout).toContain(
      `"description":"${description}"`,
    );
  }
  await rm(join(checkout.folder, "plugins", "added.ts"));
});

test("a module that is written and imported at once is copied, too", async () => {
  const launcher = join(checkout.folder, "core/load/launch.mjs");
  const module = join(checkout.work, "young.ts");
  await checkout.write(
    "work/young.mjs",
    `import { writeFileSync } from "node:fs";
import { launch } from ${JSON.stringify(launcher)};
await launch("load/copy.ts", async ({ importCopy }) => {
  writeFileSync(${JSON.stringify(module)}, 'export const age = "young";');
  console.log((await importCopy(${JSON.stringify(module)})).age);
});
`,
  );
  expect(await checkout.node(["young.mjs"]))
    .toEqual({ code: 0, stdout: "young\n", stderr: "" });
});

describe("what cannot be copied runs from the sources:", () => {
  let fromSources: ChildEnd;

  beforeAll(async () => {
    await writeProject();
    fromSources = await checkout.cli(["status"], SOURCES);
    expect(fromSources).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^Mine\n/),
      stderr: "",
    });
  });

  test.each([
    ["a package", 'import * as own from "valibot"; own.string();', () => ""],
    ["top-level await", "await Promise.resolve();", () => ""],
    [
      "import.meta.dirname",
      "console.error(import.meta.dirname);",
      () => `${checkout.work}\n`,
    ],
    [
      "a computed import",
      'const at = "./mine.ts"; await import(at);',
      () => "",
    ],
  ])("%s", async (_, extra, said) => {
    await writeProject(extra);
    const found = await checkout.cli(["status"]);
    expect(hasCopies()).toBe(false);
    expect(found).toEqual({ ...fromSources, stderr: said() });
  });
});

describe("an error reads as it does from the sources:", () => {
  test.each([
    ["thrown", 'throw new Error("no");', "no at line 3, column 7"],
    ["of syntax", "const = 1;", 'found "=" at line 3, column 7'],
    ["of a missing file", 'import "./none.ts";', "none.ts"],
    ["of a missing export", 'import { none } from "vae-priors"; none;', "none"],
  ])("one %s", async (_, extra, found) => {
    await writeProject(extra);
    const outcome = await checkout.cli(["status"]);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain(join(checkout.work, "pipeline.config.ts"));
    expect(outcome.stderr).toContain(found);
    expect(outcome).toEqual(await checkout.cli(["status"], SOURCES));
  });

  const argv = ["status", "--set", 'stages=["./stage.ts"]'];

  test("a mistake that a stage found", async () => {
    await writeProject();
    await checkout.write("work/stage.ts", stage('UserError("Cannot look")'));
    const found = await checkout.cli(argv);
    expect(found).toEqual({
      code: 2,
      stdout: "",
      stderr: "error: Cannot look\n",
    });
    expect(found).toEqual(await checkout.cli(argv, SOURCES));
  });

  test("a fault, with its places in the sources", async () => {
    await writeProject();
    await checkout.write("work/stage.ts", stage('TypeError("nothing")'));
    const outcome = await checkout.cli(argv);
    expect(outcome.code).toBe(1);
    const found = placesIn(outcome.stderr);
    expect(found[0]).toContain("core/pipeline/key/outside.ts:");
    expect(found).toContain(`${join(checkout.work, "stage.ts")}:13:11`);
    const fromSources = await checkout.cli(argv, SOURCES);
    expect(found).toEqual(placesIn(fromSources.stderr));
  });
});

/** Files, lines and columns of a stack. */
function placesIn(stack: string): string[] {
  return stack.match(/\/\S+\.ts:\d+:\d+/g) ?? [];
}

test("a run takes the prior's copy into its workers", async () => {
  await writeProject();
  const { code, stdout } = await checkout.cli(["run", "--json"]);
  expect(code).toBe(0);
  const [trial] = JSON.parse(stdout).trials;
  expect(trial.test.elbo).toBeLessThan(0);
  const again = await checkout.cli(["run"], SOURCES);
  expect(again.stdout).toMatch(/Mine: all \d+ stages cached/);
});
