import { EventEmitter, once } from "node:events";
import { writeFileSync } from "node:fs";
import { readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { findBuild } from "../../../core/engine/native/build_cache.ts";
import {
  provisionNative,
  type ProvisionOptions,
} from "../../../core/engine/native/provision.ts";
import { withProvisionLock } from "../../../core/engine/native/provision_lock.ts";
import {
  COMPILER,
  type FakeMachine,
  fakeMachine,
  PYTHON,
  PYTHON_WITH_ZIG,
} from "./fake_machine.ts";

const machines: FakeMachine[] = [];

afterEach(async () => {
  await Promise.all(machines.splice(0).map((machine) => machine.remove()));
});

// The scripts that play Python and the compiler are for a shell.
describe.skipIf(process.platform === "win32")("provisionNative", () => {
  test("fetches, unpacks, compiles, verifies and installs", async () => {
    const { site } = await machine();
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
      const { site } = await machine(name);
      expect((await provisionNative({ site })).source).toBe("built");
      const build = await findBuild(site);
      expect(build?.directory).toContain(`/${name}/`);
      expect((await provisionNative({ site, repair: true })).source).toBe(
        "present",
      );
    },
  );

  test("a second run and a second checkout fetch nothing", async () => {
    const { site, checkout, fetches } = await machine();
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
    const { site, checkout, fetches, install } = await machine();
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

  test("a build without a manifest is made anew", async () => {
    const { site, fetches } = await machine();
    await provisionNative({ site });
    await rm(join(site.cacheDirectory, site.id, "manifest.json"));
    await rm(site.addon);
    expect((await provisionNative({ site })).source).toBe("built");
    expect(await fetches()).toBe(2);
  });

  test("a truncated library is found by its size", async () => {
    const { site } = await machine();
    await provisionNative({ site });
    await rm(site.addon);
    await truncate(
      join(site.cacheDirectory, site.id, "lib", "libtensorflow_cc.so.2"),
      10,
    );
    expect((await provisionNative({ site })).source).toBe("built");
  });

  test("a changed library of the right size is found by a repair", async () => {
    const { site } = await machine();
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
    const { site } = await machine();
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
    const { site, install, fetches } = await machine();
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

  test("without a compiler one is fetched, used and thrown away", async () => {
    const { site, install, fetches } = await machine();
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

  test("an aborted attempt leaves neither lock nor work behind", async () => {
    const { site, install } = await machine();
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
});

test("the lock is given back when the work fails", async () => {
  const { site } = await machine();
  const options = { onWait: () => expect.unreachable("nobody holds it") };
  await expect(
    withProvisionLock(site, () => Promise.reject(new Error("no")), options),
  ).rejects.toThrow("no");
  expect(await withProvisionLock(site, () => Promise.resolve(7), options)).toBe(
    7,
  );
});

test("the lock waits for who holds it, and says so once", async () => {
  const { site } = await machine();
  const told: string[] = [];
  const steps = new EventEmitter();
  const works = once(steps, "works");
  const first = withProvisionLock(
    site,
    async () => {
      const end = once(steps, "end");
      steps.emit("works");
      await end;
    },
    { onWait: () => expect.unreachable("nobody holds it") },
  );
  await works;
  const second = withProvisionLock(site, async () => void told.push("second"), {
    onWait: () => {
      told.push("waits");
      steps.emit("end");
    },
  });
  await Promise.all([first, second]);
  expect(told).toEqual(["waits", "second"]);
});

test("work whose lock another has taken over is told to stop", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const { site } = await machine();
  const lock = join(site.cacheDirectory, "provision.lock");
  await withProvisionLock(site, async (signal) => {
    for (const token of await readdir(lock)) await rm(join(lock, token));
    const aborted = once(signal, "abort");
    await vi.advanceTimersByTimeAsync(5_000);
    await aborted;
    expect(String(signal.reason)).toContain("taken over the setup");
  }, { onWait: () => expect.unreachable("nobody holds it") });
});

/** A machine whose cache has that name. */
async function machine(cache = "cache"): Promise<FakeMachine> {
  const made = await fakeMachine({ cache });
  machines.push(made);
  return made;
}
