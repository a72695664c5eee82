import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { checkPython } from "../../../core/engine/native/checks.ts";
import { findBuild } from "../../../core/engine/native/build_cache.ts";
import { ProvisionError } from "../../../core/engine/native/failure.ts";
import {
  provisionNative,
  type ProvisionOptions,
} from "../../../core/engine/native/provision.ts";
import { COMPILER, failingPip, fakeMachine } from "./fake_machine.ts";

describe.skipIf(process.platform === "win32")(
  "a failed provisioning says why",
  () => {
    test("no Python", async () => {
      const { site } = await fakeMachine();
      await rm(join(site.env["PATH"] as string, "python3"));
      expect(await failure({ site })).toMatchObject({
        kind: "python",
        message: "No Python 3 was found on the PATH to fetch TensorFlow with",
      });
    });

    test("a Python without pip", async () => {
      const { site, install } = await fakeMachine();
      await install(
        "python3",
        `[ "$1" = --version ] && echo "Python 3.12.0" || exit 1`,
      );
      expect(await failure({ site })).toMatchObject({
        kind: "pip",
        message:
          "Python 3.12.0 was found, but it has no pip to fetch TensorFlow with",
      });
    });

    test("no compiler, and none to be fetched", async () => {
      const { site, fetches } = await fakeMachine();
      await rm(join(site.env["PATH"] as string, "c++"));
      const error = await failure({ site });
      expect(error.kind).toBe("compiler");
      expect(error.message).toMatch(
        /^No C\+\+ compiler was found, and none could be fetched/,
      );
      expect(error.hint).toContain("g++");
      // Found out before the large download.
      expect(await fetches()).toBe(1);
    });

    test.each([
      [
        "network",
        "Failed to establish a new connection: NewConnectionError Temporary failure in name resolution",
      ],
      [
        "network",
        "ERROR: No matching distribution found for tensorflow-cpu==9.9.9",
      ],
      [
        "hash",
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
      ],
      ["disk", "OSError: [Errno 28] No space left on device"],
      ["pip", "ERROR: something new"],
    ])("pip fails: %s", async (kind, words) => {
      const { site, install } = await fakeMachine();
      await install("python3", failingPip(words));
      const error = await failure({ site });
      expect(error.kind).toBe(kind);
      expect(error.message).toContain("tensorflow-cpu 9.9.9");
      expect(error.message).not.toContain("\n");
    });

    test("pip quotes a proxy or an index: without its password", async () => {
      const { site, install } = await fakeMachine({
        env: { PIP_INDEX_URL: "http://user:s3cr/et@host/simple" },
      });
      for (
        const words of [
          "InvalidURL: Failed to parse: http://user:s3cr/et@127.0.0.1:1",
          "ValueError: Port could not be cast to integer value as 's3cr'",
        ]
      ) {
        await install("python3", failingPip(words));
        const error = await failure({ site });
        expect(error.message).toContain("pip says");
        expect(error.message).toContain("***");
        expect(error.message).not.toMatch(/s3cr/);
        const cached = await readdir(site.cacheDirectory, { recursive: true });
        expect(cached).toContain("last_failure.json");
        const note = join(site.cacheDirectory, "last_failure.json");
        expect(await readFile(note, "utf8")).not.toMatch(/s3cr/);
      }
    });

    test.each([
      [
        "http://me:s3cret@proxy:3128",
        "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy Authentication Required'))",
        "the proxy proxy:3128 (HTTPS_PROXY) wants another user or password (407)",
      ],
      [
        "http://me:s3cret@proxy:3128",
        "ProxyError('Cannot connect to proxy.', NewConnectionError('refused'))",
        "the proxy proxy:3128 (HTTPS_PROXY) cannot be used",
      ],
      [
        "http://me:s3cret@proxy:port",
        "InvalidURL: Failed to parse: http://me:s3cret@proxy:port",
        "Cannot use the proxy in HTTPS_PROXY: want http://HOST:PORT",
      ],
    ])("a proxy that pip cannot use is named %#", async (url, words, said) => {
      const { site, install } = await fakeMachine({
        env: { HTTPS_PROXY: url },
      });
      await install("python3", failingPip(words));
      const error = await failure({ site });
      expect(error).toMatchObject({
        kind: "network",
        message: expect.stringContaining(said),
      });
      expect(error.message + error.hint).not.toMatch(/s3cret/);
    });

    test.each([
      [":env:.proxy='http://me:s3cret@own:8080'", "own:8080 (PIP_PROXY)"],
      [
        "download.proxy='own:8080'\nglobal.proxy='http://me:s3cret@other:1'",
        "own:8080 (proxy in a pip.conf)",
      ],
    ])("a proxy of pip's own settings is named %#", async (settings, said) => {
      const { site, install } = await fakeMachine({
        env: { HTTPS_PROXY: "http://proxy:3128" },
      });
      const words =
        "ProxyError('Cannot connect to proxy.', NewConnectionError('refused'))";
      await install(
        "python3",
        `case "$*" in "-m pip config list") echo "${settings}"; exit 0;; esac
${failingPip(words)}`,
      );
      const error = await failure({ site });
      expect(error.message).toContain(`the proxy ${said} cannot be used`);
      expect(error.hint).toContain("pip config list");
      const { found } = await checkPython(site, { isNeeded: true });
      expect(found).toMatch(/^python3 -m pip: pip 24\.0 .*, through own:8080 /);
      expect(found + error.message).not.toMatch(/s3cret/);
    });

    test("a file that is not the pinned one", async () => {
      const { site } = await fakeMachine({ wheel: { sha256: "0".repeat(64) } });
      expect(await failure({ site })).toMatchObject({ kind: "hash" });
      expect(await readdir(site.cacheDirectory)).not.toContain(site.id);
    });

    test("an addon that does not load", async () => {
      const { site, install } = await fakeMachine();
      await install("c++", COMPILER.replace('args="$*"', 'args="broken $*"'));
      const error = await failure({ site });
      expect(error).toMatchObject({ kind: "load" });
      expect(error.message).toContain("undefined symbol");
      expect(await findBuild(site)).toBeNull();
      await expect(stat(site.addon)).rejects.toThrow("ENOENT");
    });

    test("too little disk", async () => {
      const { site, fetches } = await fakeMachine({
        wheel: { libraryBytes: 1e18 },
      });
      const error = await failure({ site });
      expect(error).toMatchObject({ kind: "disk" });
      expect(error.message).toMatch(
        /takes 1000000000\.2 GB .* and [\d.]+ GB are free/,
      );
      expect(await fetches()).toBe(0);
    });

    test.runIf(process.platform === "linux").each([
      ["a colon", "co:lon", ":"],
      ["what the loader fills in", "a ${ORIGIN} b", "${ORIGIN"],
    ])("a cache with %s in its path", async (_, cache, sign) => {
      const { site, fetches } = await fakeMachine({ cache });
      expect(await failure({ site })).toMatchObject({
        kind: "unsupported",
        message:
          `Linux loads no library by a path with "${sign}" in it: ${site.cacheDirectory}`,
        hint: "Set VAE_PRIORS_CACHE to a folder without that in its path",
      });
      expect(await fetches()).toBe(0);
    });

    test("no compiler, and a cache that the fetched one cannot work in", async () => {
      const { site, fetches } = await fakeMachine({ cache: "50%" });
      await rm(join(site.env["PATH"] as string, "c++"));
      const error = await failure({ site });
      expect(error).toMatchObject({ kind: "compiler" });
      expect(error.message).toContain(
        `does not work with "%" in a path: ${site.cacheDirectory}`,
      );
      expect(await fetches()).toBe(0);
    });

    test("switched off", async () => {
      const { site, fetches } = await fakeMachine({
        env: { VAE_PRIORS_NO_PROVISION: "1" },
      });
      expect(await failure({ site })).toMatchObject({ kind: "disabled" });
      expect(await fetches()).toBe(0);
    });
  },
);

async function failure(options: ProvisionOptions): Promise<ProvisionError> {
  const error = await provisionNative(options).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ProvisionError);
  return error as ProvisionError;
}
