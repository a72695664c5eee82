import { EventEmitter, once } from "node:events";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { withProvisionLock } from "../../../core/engine/native/provision_lock.ts";
import { fakeMachine } from "./fake_machine.ts";

test("the lock is given back when the work fails", async () => {
  const { site } = await fakeMachine();
  const options = { onWait: () => expect.unreachable("nobody holds it") };
  await expect(
    withProvisionLock(site, () => Promise.reject(new Error("no")), options),
  ).rejects.toThrow("no");
  expect(await withProvisionLock(site, () => Promise.resolve(7), options)).toBe(
    7,
  );
});

test("the lock waits for who holds it, and says so once", async () => {
  const { site } = await fakeMachine();
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
  const { site } = await fakeMachine();
  const lock = join(site.cacheDirectory, "provision.lock");
  await withProvisionLock(site, async (signal) => {
    for (const token of await readdir(lock)) await rm(join(lock, token));
    const aborted = once(signal, "abort");
    await vi.advanceTimersByTimeAsync(5_000);
    await aborted;
    expect(String(signal.reason)).toContain("taken over the setup");
  }, { onWait: () => expect.unreachable("nobody holds it") });
});
