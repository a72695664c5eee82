import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { checkNode, diagnose, type Finding } from "../../core/engine/doctor.ts";
import { provisionNative } from "../../core/engine/native/provision.ts";
import type { NativeSite } from "../../core/engine/native/site.ts";
import { fakeMachine } from "./native/fake_machine.ts";

test.each([
  ["18.20.0", "fail"],
  ["20.18.3", "fail"],
  ["20.19.0", "ok"],
  ["22.1.0", "ok"],
  ["26.0.0", "ok"],
])("node %s: %s", (version, status) => {
  expect(checkNode(version).status).toBe(status);
});

describe.skipIf(process.platform === "win32")("diagnose", () => {
  test("before set-up: everything for it is there", async () => {
    const { site, fetches } = await fakeMachine();
    const found = await findings(site);
    expect(Object.keys(found)).toEqual([
      "node",
      "platform",
      "machine",
      "native engine",
      "python",
      "compiler",
      "cache",
      "disk",
      "wasm engine",
    ]);
    expect(found["native engine"]).toMatchObject({
      status: "warn",
      advice: "Run setup; until then, wasm is used",
    });
    expect(found["python"]).toMatchObject({
      status: "ok",
      found: expect.stringContaining("pip 24.0"),
    });
    expect(found["compiler"]).toMatchObject({
      status: "ok",
      found: "c++: fake c++ 1.0",
    });
    expect(found["wasm engine"]?.status).toBe("ok");
    expect(await fetches()).toBe(0);
  });

  test("missing tools matter before set-up, not after", async () => {
    const { site } = await fakeMachine();
    await provisionNative({ site });
    for (const name of ["python3", "c++"]) {
      await rm(join(site.env["PATH"] as string, name));
    }
    const after = await findings(site);
    expect(after["native engine"]).toMatchObject({
      status: "ok",
      found: `TensorFlow 9.9.9, in ${site.addon}`,
    });
    expect(after["python"]).toMatchObject({
      status: "ok",
      found: "No Python 3 on the PATH (not needed any more)",
    });
    await rm(site.addon);
    await rm(site.cacheDirectory, { recursive: true });
    const before = await findings(site);
    expect(before["python"]).toMatchObject({
      status: "warn",
      advice: expect.stringContaining("pip"),
    });
    expect(before["compiler"]).toMatchObject({
      status: "warn",
      advice: expect.stringContaining("g++"),
    });
  });

  test("an addon that stopped loading is found, and why", async () => {
    const { site } = await fakeMachine();
    await provisionNative({ site });
    await rm(site.cacheDirectory, { recursive: true });
    await writeFile(site.addon, "broken");
    expect((await findings(site))["native engine"]).toMatchObject({
      status: "warn",
      found: expect.stringContaining("undefined symbol"),
    });
  });
});

async function findings(site: NativeSite): Promise<Record<string, Finding>> {
  return Object.fromEntries(
    (await diagnose({ site })).map((finding) => [finding.name, finding]),
  );
}
