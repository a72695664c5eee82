import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "../processes/child.ts";

let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vae-pnp-"));
  const file = join(folder, "pnp.cjs");
  // As yarn's own .pnp.cjs has it.
  await writeFile(file, 'process.versions.pnp = "3";');
  env = { NODE_OPTIONS: `--require ${file}` };
});
afterAll(() => rm(folder, { recursive: true }));

test.each([["doctor"], ["init"], ["run", "--dry"]])(
  "%s says under Yarn's Plug'n'Play how packages come into folders",
  async (...words) => {
    expect(await runCli(words, { cwd: folder, env })).toMatchObject({
      code: 2,
      stderr:
        "error: Cannot work with packages that Yarn's Plug'n'Play gives: found no node_modules, want packages in folders\n" +
        'hint: Write "nodeLinker: node-modules" in .yarnrc.yml, and run yarn install\n',
    });
  },
);

test("help needs no packages in folders", async () => {
  expect(await runCli(["run", "--help"], { cwd: folder, env }))
    .toMatchObject({ code: 0, stderr: "" });
});
