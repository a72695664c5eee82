import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { childProgram } from "../../core/load/child_program.ts";

it("is what the core's modules import here", () => {
  const source = new URL(
    "../../core/pipeline/execute/worker.ts",
    import.meta.url,
  );
  const { script, args, execArgv } = childProgram(source, "worker.mjs");
  expect(script).toMatch(/core\/load\/worker\.mjs$/);
  expect(existsSync(script)).toBe(true);
  expect(args).toEqual([expect.stringMatching(/\.cjs$/)]);
  // From the sources it would be tsx.
  expect(execArgv).toEqual([]);
});
