import { expect, it } from "vitest";
import { runCommand } from "../../../core/engine/native/command.ts";
import { outputOf } from "../../processes/child.ts";

const MODULE = new URL(
  "../../../core/engine/native/command.ts",
  import.meta.url,
);

it("kills a program that takes too long", async () => {
  const forever = [process.execPath, "-e", "setInterval(() => {}, 1000)"];
  const { code } = await runCommand(forever, { timeoutMs: 1 });
  expect(code).toBeNull();
});

it("leaves nothing to wait for, after a program and after none", async () => {
  const left = await outputOf([
    process.execPath,
    "--import",
    "tsx",
    "--input-type=module",
    "--eval",
    `import { runCommand } from ${JSON.stringify(MODULE.href)};
     for (const program of [process.execPath, "/nowhere/program"]) {
       await runCommand([program, "--version"], { timeoutMs: 600_000 });
     }
     console.log(process.getActiveResourcesInfo().includes("Timeout"));
     process.exit();`,
  ]);
  expect(left).toBe("false\n");
});
