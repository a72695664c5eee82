import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  makeDurably,
  replaceFile,
  sync,
  writeDurably,
} from "../../core/lib/files.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "files-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** From now on every wait for the disk ends so. */
async function failSync(code: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.close();
  const error = Object.assign(new Error(`${code}: fsync`), { code });
  vi.spyOn(Object.getPrototypeOf(handle), "sync").mockRejectedValue(error);
}

describe("where the file system cannot wait for the disk", () => {
  it.each(["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"])(
    "%s is no failure of files and folders",
    async (code) => {
      await failSync(code);
      await writeDurably(join(folder, "a"), "text");
      await replaceFile(join(folder, "b"), "text");
      await makeDurably(join(folder, "c", "d"));
      await sync(folder);
    },
  );

  it.each(["EBADF", "EPERM"])(
    "%s is none of what was opened for reading",
    async (code) => {
      await failSync(code);
      await sync(folder);
      await expect(writeDurably(join(folder, "a"), "")).rejects.toThrow(code);
    },
  );

  it("other failures are failures", async () => {
    await failSync("EIO");
    await expect(sync(folder)).rejects.toThrow("EIO");
    await expect(writeDurably(join(folder, "a"), "")).rejects.toThrow("EIO");
    await expect(sync(join(folder, "none"))).rejects.toThrow("ENOENT");
  });
});
