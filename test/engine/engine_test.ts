import { createRequire } from "node:module";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { describeEngine, ensureEngine } from "../../core/engine/engine.ts";
import { isTensorFlowLoaded } from "../../core/engine/tf.ts";
import { hasRelaxedSimd } from "../../core/engine/wasm/relaxed_simd.ts";
import { failingPip, fakeMachine } from "./native/fake_machine.ts";

const require = createRequire(import.meta.url);

test("wasm and cpu are described by the version of their package, unloaded", async () => {
  const { version } = require("@tensorflow/tfjs-backend-wasm/package.json") as {
    version: string;
  };
  expect(await describeEngine("wasm")).toEqual({
    name: "wasm",
    version: `tfjs-backend-wasm ${version}${
      hasRelaxedSimd() ? ", fused multiply-add" : ""
    }`,
  });
  expect(await describeEngine("cpu")).toEqual({
    name: "cpu",
    version: expect.stringMatching(/^tfjs \d/),
  });
  expect(await ensureEngine("cpu")).toEqual(await describeEngine("cpu"));
  expect(isTensorFlowLoaded()).toBe(false);
});

describe.skipIf(process.platform === "win32")("auto", () => {
  test("is wasm, with the reason, until the native engine is set up", async () => {
    const { site, checkout } = await fakeMachine();
    expect(await describeEngine("auto", { site })).toMatchObject({
      name: "wasm",
      fallbackReason: "TensorFlow has not been set up on this machine yet",
    });
    const native = {
      name: "native",
      version: expect.stringMatching(/^tensorflow 9\.9\.9, tfjs-node \d/),
    };
    expect(await ensureEngine("auto", { site })).toEqual(native);
    expect(await describeEngine("auto", { site })).toEqual(native);
    // Another checkout has it from the cache.
    expect(await describeEngine("auto", { site: await checkout() })).toEqual(
      native,
    );
  });

  test("goes on with wasm when set-up fails, and does not repeat a slow failure", async () => {
    // "Just now" is a minute at most.
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const { site, install, fetches } = await fakeMachine();
    await install("python3", failingPip("NewConnectionError"));
    const first = await ensureEngine("auto", { site });
    expect(first).toMatchObject({
      name: "wasm",
      fallbackReason: expect.stringContaining("out of reach"),
    });
    const tried = await fetches();
    expect(await describeEngine("auto", { site })).toMatchObject({
      fallbackReason:
        `${first.fallbackReason} (tried just now; setup tries again)`,
    });
    const second = await ensureEngine("auto", { site });
    expect(second.fallbackReason).toBe(
      `${first.fallbackReason} (tried just now; setup tries again)`,
    );
    expect(await fetches()).toBe(tried);
    await ensureEngine("auto", { site, repair: true });
    expect(await fetches()).toBe(tried + 1);
  });

  test("takes a remembered failure for granted for hours, not for days", async () => {
    const { site, install, fetches } = await fakeMachine();
    await install("python3", failingPip("NewConnectionError"));
    await ensureEngine("auto", { site });
    const note = join(site.cacheDirectory, "last_failure.json");
    const yesterday = {
      id: site.id,
      kind: "network",
      message: "m",
      hint: "h",
      at: Date.now() - 24 * 3600e3,
    };
    await writeFile(note, JSON.stringify(yesterday));
    await ensureEngine("auto", { site });
    expect(await fetches()).toBe(2);
  });

  test("sets up as soon as what was missing is there", async () => {
    const { site, checkout } = await fakeMachine();
    const python = join(site.env["PATH"] as string, "python3");
    await rm(python);
    expect(await ensureEngine("auto", { site })).toMatchObject({
      name: "wasm",
    });
    const other = await fakeMachine();
    await expect(ensureEngine("auto", { site: other.site })).resolves
      .toMatchObject({ name: "native" });
    expect(
      (await ensureEngine("auto", { site: await checkout() })).fallbackReason,
    ).toContain("No Python 3");
  });

  test("is wasm where provisioning is switched off", async () => {
    const { site } = await fakeMachine({
      env: { VAE_PRIORS_NO_PROVISION: "1" },
    });
    const reason =
      "Setting up TensorFlow is switched off by VAE_PRIORS_NO_PROVISION";
    expect(await ensureEngine("auto", { site })).toMatchObject({
      name: "wasm",
      fallbackReason: reason,
    });
    expect(await describeEngine("auto", { site })).toMatchObject({
      name: "wasm",
      fallbackReason: reason,
    });
  });
});

describe.skipIf(process.platform === "win32")("native", () => {
  test("is described as it will be", async () => {
    const { site } = await fakeMachine();
    expect((await describeEngine("native", { site })).version).toMatch(
      /^tensorflow 9\.9\.9, /,
    );
  });

  test("throws what is missing and what to do", async () => {
    const { site } = await fakeMachine();
    await rm(join(site.env["PATH"] as string, "python3"));
    await expect(ensureEngine("native", { site })).rejects.toMatchObject({
      name: "UserError",
      message:
        "Cannot set up the native engine: No Python 3 was found on the PATH to fetch TensorFlow with",
      hint: expect.stringContaining("Install Python 3 with pip"),
    });
  });

  test("cannot be described where it cannot be had", async () => {
    const { site } = await fakeMachine({
      env: { VAE_PRIORS_NO_PROVISION: "1" },
    });
    await expect(describeEngine("native", { site })).rejects.toMatchObject({
      name: "UserError",
      hint: expect.stringContaining("Unset VAE_PRIORS_NO_PROVISION"),
    });
  });

  test("a platform without a wheel is told so", async () => {
    const { site } = await fakeMachine();
    const strange = { ...site, wheel: undefined, platform: "sunos-x64" };
    await expect(ensureEngine("native", { site: strange })).rejects.toThrow(
      /TensorFlow publishes no library for sunos-x64/,
    );
    expect(await ensureEngine("auto", { site: strange })).toMatchObject({
      name: "wasm",
    });
  });

  test("a signal that fires is no failure of the engine", async () => {
    const { site } = await fakeMachine();
    const reason = new Error("stop");
    await expect(
      ensureEngine("auto", { site, signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
  });
});
