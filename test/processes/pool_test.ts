import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { runChild } from "./child.ts";

const VITEST = join(
  dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
  "vitest.mjs",
);
const CONFIG = fileURLToPath(
  new URL("./fixtures/vitest.config.ts", import.meta.url),
);

/** Runs the cases in whose name is `name`; `script` of a shell comes first. */
async function runCases(name: string, script: string, flags: string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), "processes-"));
  const words = [VITEST, "run", "--config", CONFIG, name, ...flags];
  try {
    const { code, stdout, stderr } = await runChild(
      ["sh", "-c", `${script}; exec "$0" "$@"`, process.execPath, ...words],
      { cwd: folder, env: { NO_COLOR: "1", FORCE_COLOR: undefined } },
    );
    return { code, output: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether a core would lie in the folder of a process. */
function canKeepCores(): boolean {
  try {
    const pattern = readFileSync("/proc/sys/kernel/core_pattern", "utf8");
    const words = ["-c", "ulimit -c unlimited && command -v gdb"];
    return !/^[|/]/.test(pattern) && spawnSync("sh", words).status === 0;
  } catch {
    return false;
  }
}

describe.each([
  ["of their own", []],
  ["that they share", ["--isolate=false", "--maxWorkers=2"]],
])("of files with processes %s, of which two end", (_, flags) => {
  let all: Awaited<ReturnType<typeof runCases>>;
  beforeAll(async () => {
    all = await runCases("_case.ts", "ulimit -c 0", flags);
  });

  it("fails the test that it was at, with its last words", () => {
    expect(all.output).toMatch(
      /FAIL +abort_case\.ts > aborts\nError: The process of \S+abort_case\.ts ended by signal SIGABRT\n\nIts last output:\nmy last words\n/,
    );
    expect(all.output).toContain("It left no core");
  });

  it("fails the file that was being read", () => {
    expect(all.output).toMatch(
      /FAIL +exit_case\.ts .*\nError: The process of \S+exit_case\.ts ended with exit code 0\n\nIt wrote nothing\n/,
    );
  });

  it("shows what the programs of a test that fails have said", () => {
    expect(all.output).toMatch(
      /AssertionError: expected 3 to be \+?0 .*\n\nnode --eval .* ended with exit code 3\n\nIts last output:\nwhy it failed\n/,
    );
  });

  it("goes on with the others", () => {
    expect(all.output).toMatch(/✓ pass_case\.ts/);
    expect(all.output).toContain("3 failed | 1 passed (4)");
    expect(all.output).toContain("2 failed | 2 passed (4)");
    expect(all.code).toBe(1);
  });
});

it.runIf(canKeepCores())("shows the stack of a core", async () => {
  const { output } = await runCases("abort", "ulimit -c unlimited");
  expect(output).toMatch(
    /Its stack, by gdb from \S+core\S*:\n#0 .*\n(#\d+ .*\n)*#\d+ .*abort/,
  );
});
