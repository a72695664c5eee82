/** Modules of a person that never come to their end. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { hear, unheard } from "../../core/load/signals.ts";
import { BIN, startChild } from "../processes/child.ts";

const LOOP = 'console.error("loops"); for (;;);';

describe.skipIf(process.platform === "win32")("an endless loop", () => {
  test.each(
    [
      ["config", "run", "SIGINT"],
      ["config", "run", "SIGTERM"],
      ["config", "list", "SIGINT"],
      ["plugin", "run", "SIGINT"],
      ["plugin", "run", "SIGTERM"],
      ["plugin", "list", "SIGTERM"],
      ["plugin", "check", "SIGINT"],
      ["plugin", "check", "SIGTERM"],
    ] as const,
  )("of a %s ends %s at the first %s", async (what, command, signal) => {
    const folder = project(what);
    const words = [command, ...command === "check" ? ["./loop.ts"] : []];
    const child = startChild([process.execPath, BIN, ...words], {
      cwd: folder,
      mayDie: true,
    });
    await child.until("loops");
    await child.kill(signal);
    const { code, stderr } = await child.ended;
    expect([null, 130, 143]).toContain(code);
    expect(stderr.trim()).toBe("loops");
  });

  test("while a config is loaded, a signal to the group ends quietly", async () => {
    const folder = project("config");
    const child = startChild([process.execPath, BIN, "run"], {
      cwd: folder,
      detached: true,
      mayDie: true,
    });
    await child.until("loops");
    process.kill(-child.pid, "SIGTERM");
    const { code, stderr } = await child.ended;
    expect([null, 130, 143]).toContain(code);
    expect(stderr.trim()).toBe("loops");
  });
});

test("while modules are evaluated nobody hears a signal, and afterwards all do", async () => {
  const before = process.listenerCount("SIGTERM");
  const listening = () => process.listenerCount("SIGTERM") - before;
  const forget = [hear(["SIGTERM"], () => {}), hear(["SIGTERM"], () => {})];
  let end = () => {};
  const other = unheard(() => new Promise<void>((resolve) => end = resolve));
  await unheard(async () => expect(listening()).toBe(0));
  // One of them goes on.
  expect(listening()).toBe(0);
  forget[0]!();
  end();
  await other;
  expect(listening()).toBe(1);
  forget[1]!();
  expect(listening()).toBe(0);
});

test("a signal that has come before a module is evaluated is heard", async () => {
  const heard: string[] = [];
  const forget = hear(["SIGUSR2"], (signal) => heard.push(signal));
  process.kill(process.pid, "SIGUSR2");
  await unheard(async () => expect(heard).toEqual(["SIGUSR2"]));
  forget();
});

function project(what: "config" | "plugin"): string {
  const folder = mkdtempSync(join(tmpdir(), "endless-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "loop.ts"), `${LOOP}\nexport default {};`);
  writeFileSync(
    join(folder, "pipeline.config.ts"),
    what === "config"
      ? `${LOOP}\nexport default {};`
      : 'export default { priors: ["./loop.ts"], latentDim: 2 };',
  );
  return folder;
}
