import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  progressWriter,
  readProgress,
} from "../../../core/pipeline/execute/progress_file.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "progress-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test("progress is written twice a second at most, with rate and time left", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const directory = folder();
  vi.advanceTimersByTime(1000);
  const write = progressWriter(directory);
  write(0, 100, {});
  vi.advanceTimersByTime(100);
  write(10, 100, { loss: 3 });
  expect((await readProgress(directory))?.done).toBe(0);
  vi.advanceTimersByTime(900);
  write(20, 100, { loss: Infinity });
  expect(await readProgress(directory)).toEqual({
    done: 20,
    total: 100,
    rate: 20,
    left: 4,
    fields: { loss: null },
  });
});

test("what is not there or not whole is no progress", async () => {
  const directory = folder();
  expect(await readProgress(directory)).toBeNull();
  writeFileSync(join(directory, "progress.json"), '{"done": 1');
  expect(await readProgress(directory)).toBeNull();
});

test("a folder that is gone does not stop the stage", () => {
  const write = progressWriter(join(folder(), "gone"));
  expect(() => write(1, 2, {})).not.toThrow();
});
