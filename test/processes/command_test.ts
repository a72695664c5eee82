import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { runCli } from "./child.ts";
import { runCommand } from "./command.ts";

it("says what a process of its own says, and knows nothing of the command before", async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "command-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, "pipeline.config.ts");
  const options = { cwd: folder, env: { VAE_PRIORS_STORE: "elsewhere" } };
  writeFileSync(config, `export default { priors: ["gaussian"], sed: 1 };`);
  const first = await runCommand(["status"], options);
  expect(first).toMatchObject({ code: 2, stdout: "" });
  expect(first.stderr).toContain('"sed"');
  writeFileSync(config, `throw new Error("second");`);
  const second = await runCommand(["status"], options);
  expect(second.stderr).toMatch(/second at line 1, column 7\b/);
  expect(await runCli(["status"], options)).toEqual(second);
  rmSync(config);
  expect(await runCommand(["verify"], options)).toMatchObject({ code: 0 });
  expect((await runCommand(["list", "networks"])).stdout)
    .toMatch(/^Networks\n/);
});
