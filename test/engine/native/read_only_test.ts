/** `node_modules` that root has installed, for others to run. */

import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { diagnose } from "../../../core/engine/doctor.ts";
import { ensureEngine } from "../../../core/engine/engine.ts";
import {
  installFromCache,
  provisionNative,
} from "../../../core/engine/native/provision.ts";
import { nativeSite } from "../../../core/engine/native/site.ts";
import { tf } from "../../../core/engine/tf.ts";
import { loadTfjsNode } from "../../../core/engine/tfjs_node.ts";
import { nativeMissing } from "../backends.ts";
import { fakeMachine } from "./fake_machine.ts";

vi.mock(import("node:fs/promises"), { spy: true });

afterEach(() => void vi.mocked(copyFile).mockReset());

describe.skipIf(process.platform === "win32")("what the cache has", () => {
  test.each(["EACCES", "EPERM", "EROFS"])(
    "is used from there: %s",
    async (code) => {
      const { site, checkout } = await fakeMachine();
      await provisionNative({ site });
      const other = await checkout();
      refuseCopies(code);
      const addon = join(site.cacheDirectory, site.id, "tfjs_binding.node");
      for (const repair of [false, true]) {
        expect(await provisionNative({ site: other, repair })).toEqual({
          addon,
          source: "cache",
          tensorflow: "9.9.9",
        });
      }
      expect(await installFromCache(other)).toBe(addon);
      expect((await ensureEngine("native", { site: other })).name).toBe(
        "native",
      );
      const found = await diagnose({ site: other });
      expect(found.find(({ name }) => name === "native engine")).toMatchObject({
        status: "ok",
        found: "TensorFlow 9.9.9, in the cache",
      });
    },
  );

  test("a full disk is no such thing", async () => {
    const { site, checkout } = await fakeMachine();
    await provisionNative({ site });
    refuseCopies("ENOSPC");
    await expect(provisionNative({ site: await checkout() })).rejects
      .toMatchObject({ kind: "disk" });
  });
});

test.skipIf(nativeMissing())(
  "tfjs-node takes an addon of elsewhere",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "addon-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const addon = join(folder, "elsewhere", "tfjs_binding.node");
    await mkdir(join(folder, "elsewhere"));
    await copyFile(nativeSite().addon, addon);
    process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
    loadTfjsNode(addon);
    await tf.setBackend("tensorflow");
    expect(tf.tensor1d([3, 4]).square().dataSync()).toEqual(
      Float32Array.of(9, 16),
    );
    Object.assign(process.report, { excludeNetwork: true });
    const { sharedObjects } = process.report.getReport() as unknown as {
      sharedObjects: readonly string[];
    };
    const loaded = sharedObjects.filter((file) =>
      file.endsWith("_binding.node")
    );
    expect(loaded).toEqual([addon]);
  },
);

/** Nothing may be written into `node_modules`. */
function refuseCopies(code: string): void {
  vi.mocked(copyFile).mockImplementation((_, path) =>
    Promise.reject(Object.assign(new Error(code), { code, path }))
  );
}
