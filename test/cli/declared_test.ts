import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** Rooms of which a command imports nothing before it is run. */
const ROOMS = /^core\/(?:convert|pipeline|report|vae)\//;

test("who asks for help loads the declarations of commands, and nothing that they run", async () => {
  const { metafile: { outputs } } = await build({
    absWorkingDir: fileURLToPath(new URL("../../", import.meta.url)),
    entryPoints: ["core/cli/main.ts"],
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    outdir: "out",
    write: false,
    metafile: true,
  });
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { kind, path: next } of outputs[path]?.imports ?? []) {
      if (kind === "import-statement") load(next);
    }
  };
  load("out/main.js");
  const files = [...loaded].flatMap((path) =>
    Object.keys(outputs[path]?.inputs ?? {})
  );
  expect(files).toContain("core/cli/commands/run.ts");
  expect(files.filter((file) => ROOMS.test(file))).toEqual([]);
});
