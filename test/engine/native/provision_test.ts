import { writeFileSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { findBuild } from "../../../core/engine/native/build_cache.ts";
import {
  provisionNative,
  type ProvisionOptions,
} from "../../../core/engine/native/provision.ts";
import { COMPILER, fakeMachine, PYTHON_WITH_ZIG } from "./fake_machine.ts";

// The scripts that play Python and the compiler are for a shell.
describe.skipIf(process.platform === "win32")("provisionNative", () => {
  test("fetches, unpacks, compiles, verifies and installs", async () => {
    const { site } = await fakeMachine();
    const phases: string[] = [];
    const onProgress: ProvisionOptions["onProgress"] = (phase, done, total) => {
      expect(done).toBeLessThanOrEqual(total);
      if (phases.at(-1) !== phase) phases.push(phase);
    };
    const native = await provisionNative({ site, onProgress });
    expect(native).toEqual({
      tensorflow: "9.9.9",
      addon: site.addon,
      source: "built",
    });
    expect(phases).toEqual([
      "compiler",
      "download",
      "compile",
      "verify",
      "install",
    ]);
    const command = await readFile(site.addon, "utf8");
    expect(command).toContain("-DNAPI_VERSION=8");
    expect(command).toContain("tfjs_binding.cc");
    expect(command).toContain(
      `-Xlinker -rpath -Xlinker ${join(site.cacheDirectory, site.id, "lib")}`,
    );
    expect(
      (await readdir(join(site.cacheDirectory, site.id), { recursive: true }))
        .sort(),
    ).toEqual([
      "lib",
      "lib/libtensorflow_cc.so.2",
      "lib/libtensorflow_framework.so.2",
      "manifest.json",
      "tfjs_binding.node",
    ]);
    expect(await readdir(join(site.cacheDirectory, "downloads"))).toEqual([]);
    expect(
      (await readdir(site.cacheDirectory)).filter((name) =>
        name.startsWith("work-")
      ),
    ).toEqual([]);
  });

  test.each(["Doe, Jane", "a b,c#d%20e?'ü\"$x\\y&(1)"])(
    "works in a cache called %s",
    async (name) => {
      const { site } = await fakeMachine({ cache: name });
      expect((await provisionNative({ site })).source).toBe("built");
      const build = await findBuild(site);
      expect(build?.directory).toContain(`/${name}/`);
      expect((await provisionNative({ site, repair: true })).source).toBe(
        "present",
      );
    },
  );

  test("a second run and a second checkout fetch nothing", async () => {
    const { site, checkout, fetches } = await fakeMachine();
    await provisionNative({ site });
    expect((await provisionNative({ site })).source).toBe("present");
    const other = await checkout();
    expect((await provisionNative({ site: other })).source).toBe("cache");
    expect(await readFile(other.addon, "utf8")).toBe(
      await readFile(site.addon, "utf8"),
    );
    expect(await fetches()).toBe(1);
  });

  test("two at once: one works, the other waits for it", async () => {
    const { site, checkout, fetches, install } = await fakeMachine();
    const other = await checkout();
    // The one who works takes until the other waits.
    const go = join(site.env["FAKE_ROOT"] as string, "go");
    const pause = `until [ -e ${go} ]; do /bin/sleep 0.01; done`;
    await install("c++", `${pause}\n${COMPILER}`);
    const waits: string[] = [];
    const onProgress: ProvisionOptions["onProgress"] = (phase) => {
      if (phase !== "wait") return;
      waits.push(phase);
      writeFileSync(go, "");
    };
    const both = await Promise.all(
      [site, other].map((one) => provisionNative({ site: one, onProgress })),
    );
    expect(both.map(({ source }) => source).sort()).toEqual(["built", "cache"]);
    expect(waits).toEqual(["wait"]);
    expect(await fetches()).toBe(1);
  });

  test("without a compiler one is fetched, used and thrown away", async () => {
    const { site, install, fetches } = await fakeMachine();
    await rm(join(site.env["PATH"] as string, "c++"));
    await install("zig", COMPILER);
    await install("python3", PYTHON_WITH_ZIG);
    expect((await provisionNative({ site })).source).toBe("built");
    expect(await readFile(site.addon, "utf8")).toMatch(
      /^cc -shared .*tfjs_binding\.cc\.o .*shim\.cc\.o /,
    );
    expect(await fetches()).toBe(2);
    expect(
      (await readdir(site.cacheDirectory)).filter((name) =>
        /zig|work-/.test(name)
      ),
    ).toEqual([]);
  });
});
