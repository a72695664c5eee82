import { afterEach, expect, test, vi } from "vitest";
import { listenForInterrupt } from "../../core/cli/interrupt.ts";

afterEach(() => void vi.restoreAllMocks());

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
