import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { openAttemptFolder } from "../../../core/store/folder/attempt_folder.ts";
import { markOf } from "../../../core/lib/owner.ts";
import { startChild } from "../../processes/child.ts";

/** No system gives such a process id. */
const NO_PID = 2 ** 30;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attempt-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

const note = () => join(folder, "owner.json");

test("openAttemptFolder() waits for a worker whose runner has died", async () => {
  const script = "setTimeout(() => {}, 1e6)";
  const worker = startChild([process.execPath, "-e", script]);
  onTestFinished(() => worker.kill());
  const asked = vi.spyOn(process, "kill");
  onTestFinished(() => asked.mockRestore());
  writeFileSync(
    note(),
    JSON.stringify({
      worker: markOf(worker.pid),
      runner: { ...markOf(), pid: NO_PID },
    }),
  );
  let isOpen = false;
  const opened = openAttemptFolder(folder).then(() => isOpen = true);
  // It asks whether the worker lives, and asks again.
  await expect.poll(() =>
    asked.mock.calls.filter(([pid]) => pid === worker.pid).length
  ).toBeGreaterThan(3);
  expect(isOpen).toBe(false);
  await worker.kill();
  await opened;
  expect(JSON.parse(readFileSync(note(), "utf8")).worker).toEqual(markOf());
});

test.each(["", "{", '{"worker":{}}'])(
  "openAttemptFolder() does not wait for what it cannot read: %s",
  async (text) => {
    writeFileSync(note(), text);
    expect(await openAttemptFolder(folder)).toBe(folder);
  },
);
