import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { moduleBytes } from "./build_module.ts";

test("the modules are what the sources compile to", async () => {
  const file = new URL(
    "../../../core/engine/wasm/module_bytes.ts",
    import.meta.url,
  );
  expect(readFileSync(file, "utf8"), "npm run wasm writes them")
    .toBe(await moduleBytes());
});
