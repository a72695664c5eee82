import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readDataFile } from "../../datasets/data_file.ts";
import { fingerprintSource } from "../../datasets/fingerprint.ts";
import { mnistNames, roleNames, roles } from "../../datasets/mnist.ts";
import { type FileSource, findSource } from "../../datasets/sources.ts";
import {
  rename,
  smallSet,
  temporaryFolder,
  writeFiles,
} from "./idx_fixture.ts";
import { mnistMissing } from "./mnist_here.ts";

async function fingerprint(dir: string) {
  return await fingerprintSource(await findSource({ dir }));
}

describe("fingerprintSource()", () => {
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
    expect(before["data"]).toBe("IDX files: set");
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

  it("has the name of a set that is not MNIST, wherever it lies", async () => {
    const root = await temporaryFolder();
    const named = async (...path: string[]) =>
      (await fingerprint(await writeFiles(join(root, ...path), smallSet())))
        .data;
    expect(await named("FashionMNIST", "raw")).toBe("IDX files: FashionMNIST");
    expect(await named("a", "kmnist")).toBe(await named("b", "kmnist"));
    expect(await named("mnist")).toBe('IDX files: "mnist" (not MNIST)');
  });

  it("states version and numbers of drawn digits", async () => {
    expect(await fingerprintSource(await findSource({ source: "synthetic" })))
      .toEqual({
        data: "synthetic digits, version 1, 12000 train and 2000 test",
      });
  });
});

const missing = await mnistMissing();

describe.skipIf(missing !== null)("the fingerprint of MNIST", () => {
  it("has its folder, also where its files were packed anew", async () => {
    const source = await findSource() as FileSource;
    const data = `IDX files in "${basename(source.folder)}"`;
    expect((await fingerprintSource(source)).data).toBe(data);
    const folder = join(await temporaryFolder(), "raw");
    await mkdir(folder);
    for (const role of roles) {
      const { bytes } = await readDataFile(source.files[roleNames[role]]!);
      await writeFile(
        join(folder, `${mnistNames[role]}.gz`),
        gzipSync(bytes, { level: 1 }),
      );
    }
    expect((await fingerprint(folder)).data).toBe('IDX files in "raw"');
  });
});
