import { mkdtempSync, rmSync } from "node:fs";
import * as os from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { homeFolder } from "../../core/lib/home.mjs";
import { cacheRoot } from "../../core/lib/user_cache.mjs";
import { createCheckout } from "../runs/_checkout.ts";

vi.mock(import("node:os"), { spy: true });

afterEach(() => {
  vi.unstubAllEnvs();
  vi.mocked(os.homedir).mockReset();
});

describe.skipIf(process.platform !== "linux")("the cache", () => {
  test("lies where the system has such things", () => {
    vi.stubEnv("HOME", "/home/somebody");
    vi.stubEnv("XDG_CACHE_HOME", undefined);
    expect(cacheRoot({})).toBe("/home/somebody/.cache/vae-priors");
    vi.stubEnv("XDG_CACHE_HOME", "/fast");
    expect(cacheRoot({})).toBe("/fast/vae-priors");
    expect(cacheRoot({ VAE_PRIORS_CACHE: "/mine" })).toBe("/mine");
  });

  test("lies in a folder that is never there for who has no home", () => {
    vi.stubEnv("HOME", "");
    vi.stubEnv("XDG_CACHE_HOME", undefined);
    vi.mocked(os.homedir).mockImplementation(() => {
      throw new Error("uv_os_homedir returned ENOENT");
    });
    expect(cacheRoot({})).toBe("/nonexistent/.cache/vae-priors");
    // For libraries that ask.
    expect(process.env["HOME"]).toBe("/nonexistent");
  });
});

test("who has a home keeps it", () => {
  expect(homeFolder()).toBe(os.homedir());
});

/** Makes Node's question fail, as where there is neither `HOME` nor an entry. */
const HOMELESS = `data:text/javascript,${
  encodeURIComponent(`
import os from "node:os";
import { syncBuiltinESMExports } from "node:module";
os.homedir = () => {
  if (process.env.HOME) return process.env.HOME;
  throw new Error("A system error occurred: uv_os_homedir returned ENOENT");
};
syncBuiltinESMExports();
`)
}`;

describe.skipIf(process.platform === "win32")("a user without a home", () => {
  test.each(["list", "run", "run --dry", "doctor"])(
    "%s",
    async (line) => {
      const words = line.split(" ");
      const cache = mkdtempSync(join(os.tmpdir(), "cache-"));
      onTestFinished(() => rmSync(cache, { recursive: true }));
      const environment = {
        HOME: "",
        NODE_OPTIONS: `--import ${HOMELESS}`,
        VAE_PRIORS_CACHE: cache,
      };
      const { code, err } = await createCheckout({ environment }).cli(...words);
      expect([code, err]).toEqual([0, expect.not.stringMatching(/homedir/)]);
    },
  );
});
