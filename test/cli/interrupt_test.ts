import { afterEach, expect, test, vi } from "vitest";
import {
  listenForInterrupt,
  untilInterrupted,
} from "../../core/cli/interrupt.ts";
import * as launcher from "../../core/cli/launcher.ts";

vi.mock(import("../../core/cli/launcher.ts"), { spy: true });

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("the first Ctrl-C aborts, the second exits, none after disposal", () => {
  const exit = vi.spyOn(process, "exit").mockReturnValue(undefined as never);
  const before = process.listenerCount("SIGINT");
  const onFirst = vi.fn();
  const interrupt = listenForInterrupt(onFirst);
  process.emit("SIGINT");
  expect(onFirst).toHaveBeenCalledOnce();
  expect(interrupt.signal.aborted).toBe(true);
  expect(exit).not.toHaveBeenCalled();
  process.emit("SIGINT");
  expect(exit).toHaveBeenCalledExactlyOnceWith(130);
  interrupt[Symbol.dispose]();
  expect(process.listenerCount("SIGINT")).toBe(before);
});

test("a signal that npm passes on, too, is one", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  vi.mocked(launcher.hasLauncher).mockReturnValue(true);
  const exit = vi.spyOn(process, "exit").mockReturnValue(undefined as never);
  const onFirst = vi.fn();
  using interrupt = listenForInterrupt(onFirst);
  process.emit("SIGTERM");
  process.emit("SIGTERM");
  expect(interrupt.signal.aborted).toBe(true);
  expect(exit).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  process.emit("SIGTERM");
  expect(exit).toHaveBeenCalledExactlyOnceWith(130);
  expect(onFirst).toHaveBeenCalledOnce();
});

test("work that Ctrl-C has ended gives nothing, and what was said stands", async () => {
  const said: string[] = [];
  const terminal = {
    out: () => {},
    err: (line: string) => void said.push(line),
  };
  const words = { terminal, atFirst: "Stopping", atEnd: "Interrupted" };
  const ended = await untilInterrupted(words, async (signal) => {
    process.emit("SIGINT");
    signal.throwIfAborted();
  });
  expect(ended).toBeNull();
  expect(said).toEqual(["Stopping", "Interrupted"]);
  expect(await untilInterrupted(words, async () => 7)).toBe(7);
  const failing = untilInterrupted(
    words,
    () => Promise.reject(new Error("no")),
  );
  await expect(failing).rejects.toThrow("no");
  expect(said).toHaveLength(2);
});
