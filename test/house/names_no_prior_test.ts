import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { expect, it } from "vitest";
import * as plugins from "../../plugins/mod.ts";

const CORE = fileURLToPath(new URL("../../core/", import.meta.url));

it("nothing in core/ knows a prior by its name", () => {
  const names = Object.values(plugins).map((prior) => prior().definition.name);
  const text = new RegExp(`"(?:${names.join("|")})"`, "g");
  expect('open("beta")').toMatch(text);
  const files = readdirSync(CORE, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:ts|mjs)$/.test(file));
  expect(files.length).toBeGreaterThan(400);
  const found = files.flatMap((file) => {
    const source = readFileSync(join(CORE, file), "utf8");
    if (!source.match(text)) return [];
    // Comments have priors for examples.
    const { code } = transformSync(source, { loader: "ts" });
    return [...code.matchAll(text)].map(([name]) => `${file}: ${name}`);
  });
  expect(found).toEqual([]);
});
