/** A build that does not load is not a build that may be thrown away. */

import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { diagnose } from "../../../core/engine/doctor.ts";
import { describeEngine, ensureEngine } from "../../../core/engine/engine.ts";
import { findBuild } from "../../../core/engine/native/build_cache.ts";
import {
  installFromCache,
  provisionNative,
} from "../../../core/engine/native/provision.ts";
import type { NativeSite } from "../../../core/engine/native/site.ts";
import { COMPILER, failingPip, fakeMachine, misled } from "./fake_machine.ts";

describe.skipIf(process.platform === "win32")("a build that is whole", () => {
  test.each([false, true])(
    "stays where the loader refuses it, repair %s",
    async (repair) => {
      const { site, checkout, fetches } = await fakeMachine();
      await provisionNative({ site });
      for (const one of [site, await checkout()]) {
        await expect(provisionNative({ site: misled(one), repair })).rejects
          .toMatchObject({
            kind: "load",
            message: `The native engine in ${
              join(site.cacheDirectory, site.id)
            } is whole, but does not load: libtensorflow_cc.so.2: file too short`,
            hint: "Try again without LD_LIBRARY_PATH, or use --engine wasm",
          });
      }
      expect(await fetches()).toBe(1);
      expect((await provisionNative({ site, repair })).source).toBe("present");
    },
  );

  test("is named by the engine that wants it, and by a worker", async () => {
    const { site, fetches } = await fakeMachine();
    await provisionNative({ site });
    const bad = misled(site);
    const words = expect.stringContaining("file too short");
    for (const describe of [describeEngine, ensureEngine]) {
      expect(await describe("auto", { site: bad })).toMatchObject({
        name: "wasm",
        fallbackReason: words,
      });
      await expect(describe("native", { site: bad })).rejects.toMatchObject({
        name: "UserError",
        message: words,
      });
    }
    await expect(installFromCache(bad)).rejects.toMatchObject({
      message: words,
    });
    expect(await fetches()).toBe(1);
    expect((await describeEngine("auto", { site })).name).toBe("native");
  });

  test("the doctor shows the loader's words, and has no set-up made", async () => {
    const { site } = await fakeMachine();
    await provisionNative({ site });
    expect(await native(misled(site))).toMatchObject({
      status: "warn",
      found: expect.stringContaining("file too short"),
      advice: "Try again without LD_LIBRARY_PATH, or use --engine wasm",
    });
    expect(await native(site)).toMatchObject({ status: "ok" });
  });

  test("a refusal is not remembered", async () => {
    const { site } = await fakeMachine();
    await provisionNative({ site });
    const flag = join(site.env["FAKE_ROOT"] as string, "addons.cjs");
    const right = await readFile(flag, "utf8");
    await writeFile(flag, right.replace("/short/", "/./"));
    await expect(provisionNative({ site, repair: true })).rejects
      .toMatchObject({ kind: "load" });
    await writeFile(flag, right);
    expect((await provisionNative({ site })).source).toBe("present");
  });
});

describe.skipIf(process.platform === "win32")("a damaged build", () => {
  test("stays until the new one is there, which may never be", async () => {
    const { site, install } = await fakeMachine();
    await provisionNative({ site });
    await damage(site);
    const before = (await readdir(site.cacheDirectory, { recursive: true }))
      .filter((name) => name.startsWith(site.id)).sort();
    await install("python3", failingPip("NewConnectionError"));
    await expect(provisionNative({ site, repair: true })).rejects
      .toMatchObject({ kind: "network" });
    const after = await readdir(site.cacheDirectory, { recursive: true });
    expect(after).toEqual(expect.arrayContaining(before));
    expect((await provisionNative({ site })).source).toBe("present");
  });

  test("stays where the new one does not load", async () => {
    const { site, install } = await fakeMachine();
    await provisionNative({ site });
    await damage(site);
    await install("c++", COMPILER.replace('args="$*"', 'args="broken $*"'));
    await expect(provisionNative({ site, repair: true })).rejects
      .toMatchObject({ kind: "load" });
    expect(builds(await readdir(site.cacheDirectory), site)).toEqual([site.id]);
    expect((await provisionNative({ site })).source).toBe("present");
    await install("c++", COMPILER);
    expect((await provisionNative({ site, repair: true })).source).toBe(
      "built",
    );
    expect(await findBuild(site, { digests: true })).not.toBeNull();
    expect(builds(await readdir(site.cacheDirectory), site)).toHaveLength(1);
  });

  test("one that does not load is found by its digests, and made anew", async () => {
    const { site } = await fakeMachine();
    await provisionNative({ site });
    await damage(site);
    await rm(site.addon);
    const addon = join(site.cacheDirectory, site.id, "tfjs_binding.node");
    const text = await readFile(addon, "utf8");
    await writeFile(addon, text.replace(/^.{6}/, "broken"));
    expect(await native(site)).toMatchObject({
      found: `The native engine in ${
        join(site.cacheDirectory, site.id)
      } is damaged, and does not load`,
      advice: "Run setup; until then, wasm is used",
    });
    expect((await provisionNative({ site })).source).toBe("built");
  });
});

/** Other bytes in a library, of which nothing but its digest tells. */
async function damage(site: NativeSite): Promise<void> {
  const library = join(
    site.cacheDirectory,
    site.id,
    "lib",
    "libtensorflow_cc.so.2",
  );
  const { length } = await readFile(library);
  await writeFile(library, Buffer.alloc(length, "x"));
}

function builds(names: string[], site: NativeSite): string[] {
  return names.filter((name) => name.startsWith(site.id));
}

async function native(site: NativeSite) {
  return (await diagnose({ site })).find(({ name }) =>
    name === "native engine"
  );
}
