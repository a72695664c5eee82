import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outputOf } from "../../processes/child.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const tsx = import.meta.resolve("tsx");
let folder: string;

const PLUGIN = `
import { definePrior, isTensorFlowLoaded, real, tf, v, type Support } from "vae-priors";
import * as valibot from "valibot";
import { NAME } from "./helper.ts";

export default definePrior({
  name: NAME,
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Outside of the project",
  options: v.strictObject({ a: valibot.optional(valibot.number(), 1) }),
  head: () => ({}),
  create: () => {
    const support: Support = real;
    throw new Error(String(support) + tf.add);
  },
});
export const loaded: boolean = isTensorFlowLoaded();
`;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "vae-priors-outside-")));
  await writeFile(join(folder, "my_prior.ts"), PLUGIN);
  await writeFile(
    join(folder, "helper.ts"),
    'export const NAME: string = "mine";',
  );
  await mkdir(join(folder, "module"));
  await writeFile(join(folder, "module/package.json"), '{ "type": "module" }');
  await writeFile(
    join(folder, "module/plain.js"),
    'export { UserError as default } from "vae-priors";',
  );
  await writeFile(
    join(folder, "syntax.ts"),
    "const a: number = 1;\nexport default {{;",
  );
  await writeFile(
    join(folder, "main.mts"),
    `
    import { registerResolver } from ${source("core/load/resolver.ts")};
    import { priorKind } from ${source("core/vae/prior_axis.ts")};
    import { loadPlugin } from ${source("core/vae/plugin/load.ts")};
    import { UserError } from ${source("core/lib/errors.ts")};
    registerResolver();
    const url = (name) => new URL(name, import.meta.url).href;
    const { definition } = await loadPlugin(priorKind, url("my_prior.ts"));
    const { loaded } = await import(url("my_prior.ts"));
    const plain = await import(url("module/plain.js"));
    const fault = await loadPlugin(priorKind, url("syntax.ts")).catch((error) => error);
    console.log(JSON.stringify({
      name: definition.name,
      loaded,
      same: plain.default === UserError,
      fault: fault.message,
      hasCause: fault.cause instanceof Error,
    }));
    `,
  );
});
afterAll(() => rm(folder, { recursive: true }));

function source(path: string): string {
  return JSON.stringify(pathToFileURL(join(root, path)).href);
}

test.each(["the project", "elsewhere"])(
  "a plugin far from the project finds it, run from %s",
  async (place) => {
    const stdout = await outputOf(
      [process.execPath, "--import", tsx, join(folder, "main.mts")],
      { cwd: place === "the project" ? root : folder },
    );
    expect(JSON.parse(stdout)).toEqual({
      name: "mine",
      loaded: false,
      same: true,
      fault: `Cannot load prior "${
        join(folder, "syntax.ts")
      }": Expected identifier but found "{" at line 2, column 17`,
      hasCause: true,
    });
  },
);
