import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openData, readDataFile } from "../../datasets/data_file.ts";
import { drawsFor } from "../../datasets/draws.ts";
import { UserError } from "../../core/lib/errors.ts";
import { temporaryFolder } from "./idx_fixture.ts";

/** Bytes that do not compress, several slices of them. */
const draws = drawsFor(1, 1);
const content = Uint8Array.from({ length: 100_000 }, () => draws.below(256));
const stored = gzipSync(content);

async function error(bytes: Uint8Array): Promise<UserError> {
  const thrown = await openData("some.gz", bytes).catch((error: unknown) =>
    error
  );
  expect(thrown).toBeInstanceOf(UserError);
  return thrown as UserError;
}

describe("readDataFile()", () => {
  it("tells gzipped files by their bytes, not by their names", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "plain.gz"), content);
    await writeFile(join(folder, "zipped"), stored);

    const plain = await readDataFile(join(folder, "plain.gz"));
    expect(plain.compressed).toBe(false);
    expect(Buffer.compare(plain.bytes, content)).toBe(0);

    const zipped = await readDataFile(join(folder, "zipped"));
    expect(zipped.compressed).toBe(true);
    expect(Buffer.compare(zipped.bytes, content)).toBe(0);
    expect(zipped.sha256).toBe(
      createHash("sha256").update(stored).digest("hex"),
    );
  });

  it("names a file that cannot be read", async () => {
    const folder = await temporaryFolder();
    await expect(readDataFile(join(folder, "nothing"))).rejects.toThrow(
      `Cannot read data file "${join(folder, "nothing")}": ENOENT`,
    );
    await expect(readDataFile(folder)).rejects.toThrow(
      `Cannot read data file "${folder}": it is a folder, and a file is wanted`,
    );
  });
});

describe("openData()", () => {
  it("rejects a gzip stream that ends early", async () => {
    const { message, hint } = await error(stored.subarray(0, 70_001));
    expect(message).toBe(
      'Cannot decompress "some.gz": at offset 70001 found the end of the file, want a whole gzip stream',
    );
    expect(hint).toContain("Get the file again");
  });

  it("rejects corrupt data, with the offset read up to", async () => {
    const corrupt = Buffer.from(stored);
    corrupt.fill(0xff, 60_000, 60_100);
    const { message } = await error(corrupt);
    const match =
      /^Cannot decompress "some.gz": after offset (\d+) found corrupt data \(.+\), want a whole/
        .exec(message);
    const offset = Number(match?.[1]);
    // Random bytes are stored, not coded: the checksum at the end finds out.
    expect(offset).toBeGreaterThan(40_000);
    expect(offset).toBeLessThan(stored.length);
  });

  it("rejects a wrong checksum", async () => {
    const corrupt = Buffer.from(stored);
    corrupt[stored.length - 6]! ^= 1;
    expect((await error(corrupt)).message).toContain(
      "found corrupt data (incorrect data check)",
    );
  });

  it("rejects garbage after the end", async () => {
    const { message } = await error(
      Buffer.concat([stored, Buffer.from("garbage")]),
    );
    expect(message).toContain("found corrupt data (incorrect header check)");
  });

  it("reads a stream of several members", async () => {
    const { bytes } = await openData(
      "some.gz",
      Buffer.concat([gzipSync("ab"), gzipSync("cd")]),
    );
    expect(Buffer.from(bytes).toString()).toBe("abcd");
  });
});
