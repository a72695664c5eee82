import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fingerprintSource } from "../../datasets/fingerprint.ts";
import { findSource } from "../../datasets/sources.ts";
import {
  rename,
  smallSet,
  temporaryFolder,
  writeFiles,
} from "./idx_fixture.ts";

describe("fingerprintSource()", () => {
  async function fingerprint(dir: string) {
    return await fingerprintSource(await findSource({ dir }));
  }

  it("changes with the bytes of each file, and with nothing else", async () => {
    const folder = await writeFiles(
      join(await temporaryFolder(), "set"),
      smallSet(),
    );
    const before = await fingerprint(folder);
    expect(Object.keys(before)).toEqual([
      "data",
      "train images",
      "train labels",
      "test images",
      "test labels",
    ]);
    expect(before["data"]).toBe('IDX files in "set"');
    expect(before["test labels"]).toMatch(/^[0-9a-f]{64}$/);

    const other = await writeFiles(
      join(await temporaryFolder(), "set"),
      rename(smallSet(), (name) => name.replace("-idx", ".idx")),
    );
    expect(await fingerprint(other)).toEqual(before);

    await writeFile(join(folder, "t10k-labels-idx1-ubyte"), "changed");
    const { "test labels": _, ...rest } = await fingerprint(folder);
    expect(before).toMatchObject(rest);
    expect((await fingerprint(folder))["test labels"]).not.toBe(
      before["test labels"],
    );
  });

  it("states version and numbers of drawn digits", async () => {
    expect(await fingerprintSource(await findSource({ source: "synthetic" })))
      .toEqual({
        data: "synthetic digits, version 1, 12000 train and 2000 test",
      });
  });
});
