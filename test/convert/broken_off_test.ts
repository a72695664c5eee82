import * as files from "node:fs/promises";
import { rm } from "node:fs/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  convert,
  found,
  place,
  put,
  type Texts,
  useOutputFolder,
} from "./_output_folder.ts";

vi.mock(
  "node:fs/promises",
  async (original) => ({ ...await original<typeof files>() }),
);

useOutputFolder();
afterEach(() => void vi.restoreAllMocks());

describe("broken off anywhere, nothing is lost and the next time ends it:", () => {
  /** Calls that change something. */
  const CALLS = ["rename", "unlink", "mkdir", "open", "writeFile"] as const;
  const old = { "a/m.csv": "1", "a/n.csv": "2", "a/x.npy": "3" };
  const next = { "a/m.csv": "one", "a/o/p.csv": "two", "a/x.npy": "three" };

  test.each(CALLS)("%s", async (call) => {
    const real = (await vi.importActual<typeof files>("node:fs/promises"))[
      call
    ] as (...args: unknown[]) => Promise<unknown>;
    for (let at = 1;; at++) {
      await rm(place.folder, { recursive: true, force: true });
      await convert(old);
      await put("notes.txt", "mine");
      let count = 0;
      vi.spyOn(files, call).mockImplementation(
        (async (...args: unknown[]) => {
          // The lock of a process that has ended is followed at once.
          const isLock = String(args[0]).includes(".lock");
          if (!isLock && ++count >= at) throw new Error("no more");
          return await real(...args);
        }) as never,
      );
      const failed = await convert(next).then(() => false, () => true);
      vi.restoreAllMocks();
      if (!failed) {
        expect(at).toBeGreaterThan(1);
        return;
      }
      const texts = await found();
      expect(texts["notes.txt"]).toBe("mine");
      for (const [path, text] of Object.entries(old)) {
        const whole = [text, (next as Texts)[path]];
        expect(whole).toContain(texts[path]);
      }
      await convert(next);
      expect(await found()).toEqual({ ...next, "notes.txt": "mine" });
    }
  });
});
