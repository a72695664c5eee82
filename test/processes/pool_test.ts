import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";

const VITEST = join(
  dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
  "vitest.mjs",
);
const CONFIG = fileURLToPath(
  new URL("./fixtures/vitest.config.ts", import.meta.url),
);

/** Runs the cases whose names begin so; `script` of a shell comes first. */
function runCases(name: string, script = ":") {
  const folder = mkdtempSync(join(tmpdir(), "processes-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const words = [VITEST, "run", "--config", CONFIG, name];
  return new Promise<{ code: number | null; output: string }>((done) => {
    const child = execFile(
      "sh",
      ["-c", `${script}; exec "$0" "$@"`, process.execPath, ...words],
      { cwd: folder, env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "" } },
      (_, stdout, stderr) =>
        done({ code: child.exitCode, output: `${stdout}${stderr}` }),
    );
  });
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

it("fails the test whose process aborts, with its last words", async () => {
  const { code, output } = await runCases("abort", "ulimit -c 0");
  expect(code).toBe(1);
  expect(output).toMatch(
    /FAIL +abort_case\.ts > aborts\nError: The process of \S+abort_case\.ts ended by signal SIGABRT\n\nIts last output:\nmy last words\n/,
  );
  expect(output).toContain("It left no core");
  expect(output).toContain("1 failed | 1 passed (2)");
});

it.runIf(canKeepCores())("shows the stack of its core", async () => {
  const { output } = await runCases("abort", "ulimit -c unlimited");
  expect(output).toMatch(
    /Its stack, by gdb from \S+core\S*:\n#0 .*\n(#\d+ .*\n)*#\d+ .*abort/,
  );
});

it("fails a file whose process ends while it is read, and no other", async () => {
  const { code, output } = await runCases("_case.ts", "ulimit -c 0");
  expect(code).toBe(1);
  expect(output).toMatch(
    /FAIL +exit_case\.ts .*\nError: The process of \S+exit_case\.ts ended with exit code 0\n\nIt wrote nothing\n/,
  );
  expect(output).toMatch(/✓ pass_case\.ts/);
  expect(output).toContain("2 failed | 1 passed (3)");
});
