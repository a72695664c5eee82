import { readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { findBuild } from "../../../core/engine/native/build_cache.ts";
import {
  provisionNative,
  type ProvisionOptions,
} from "../../../core/engine/native/provision.ts";
import { COMPILER, fakeMachine, PYTHON } from "./fake_machine.ts";

// The scripts that play Python and the compiler are for a shell.
describe.skipIf(process.platform === "win32")(
  "what is not whole is made anew",
  () => {
    test("a build without a manifest is made anew", async () => {
      const { site, fetches } = await fakeMachine();
      await provisionNative({ site });
      await rm(join(site.cacheDirectory, site.id, "manifest.json"));
      await rm(site.addon);
      expect((await provisionNative({ site })).source).toBe("built");
      expect(await fetches()).toBe(2);
    });

    test("a truncated library is found by its size", async () => {
      const { site } = await fakeMachine();
      await provisionNative({ site });
      await rm(site.addon);
      await truncate(
        join(site.cacheDirectory, site.id, "lib", "libtensorflow_cc.so.2"),
        10,
      );
      expect((await provisionNative({ site })).source).toBe("built");
    });

    test("a changed library of the right size is found by a repair", async () => {
      const { site } = await fakeMachine();
      await provisionNative({ site });
      const library = join(
        site.cacheDirectory,
        site.id,
        "lib",
        "libtensorflow_cc.so.2",
      );
      const right = await readFile(library);
      await writeFile(library, Buffer.alloc(right.length, "x"));
      expect((await provisionNative({ site })).source).toBe("present");
      expect((await provisionNative({ site, repair: true })).source).toBe(
        "built",
      );
      const mended = await findBuild(site, { digests: true });
      expect(mended?.directory).not.toBe(join(site.cacheDirectory, site.id));
      expect(
        await readFile(join(mended!.directory, "lib", "libtensorflow_cc.so.2")),
      ).toEqual(right);
      // It has taken the place of the damaged one.
      await expect(readFile(library)).rejects.toThrow("ENOENT");
      expect((await provisionNative({ site, repair: true })).source).toBe(
        "present",
      );
    });

    test("what a killed process left is swept away", async () => {
      const { site } = await fakeMachine();
      await provisionNative({ site });
      await rm(join(site.cacheDirectory, site.id), { recursive: true });
      await writeFile(
        join(site.cacheDirectory, "work-abandoned"),
        "half a library",
      );
      await provisionNative({ site });
      expect(
        (await readdir(site.cacheDirectory)).filter((name) =>
          name.startsWith("work-")
        ),
      ).toEqual([]);
    });

    test("a wheel kept from a failed attempt is not fetched again", async () => {
      const { site, install, fetches } = await fakeMachine();
      await install("c++", COMPILER.replace("args=", "exit 1; args="));
      await expect(provisionNative({ site })).rejects.toMatchObject({
        kind: "compile",
      });
      expect(await readdir(site.cacheDirectory)).not.toContain(site.id);
      await install("c++", COMPILER);
      expect((await provisionNative({ site, repair: true })).source).toBe(
        "built",
      );
      // One for the wheel, one for the compiler that was looked for in place of the broken one.
      expect(await fetches()).toBe(2);
    });

    test("an aborted attempt leaves neither lock nor work behind", async () => {
      const { site, install } = await fakeMachine();
      await install(
        "python3",
        PYTHON.replace("for arg in", "exec /bin/sleep 60\nfor arg in"),
      );
      const abort = new AbortController();
      const onProgress: ProvisionOptions["onProgress"] = (phase) =>
        void (phase === "download" && abort.abort());
      await expect(provisionNative({ site, signal: abort.signal, onProgress }))
        .rejects.toThrow(/aborted/);
      expect(
        (await readdir(site.cacheDirectory)).filter((name) =>
          /work-|lock/.test(name)
        ),
      ).toEqual([]);
      expect(await findBuild(site)).toBeNull();
    });
  },
);
