import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UserError } from "../../core/lib/errors.ts";
import { isComplete, listFolder } from "../../datasets/folder.ts";
import { missingFiles } from "../../datasets/missing.ts";
import {
  rename,
  smallSet,
  temporaryFolder,
  writeFiles,
} from "./idx_fixture.ts";

const spellings: Readonly<Record<string, (name: string) => string>> = {
  "as published": (name) => name,
  "gzipped": (name) => `${name}.gz`,
  "with a dot": (name) => name.replace("-idx", ".idx"),
  "with a dot, gzipped": (name) => `${name.replace("-idx", ".idx")}.gz`,
  "as EMNIST": (name) => `emnist-digits-${name.replace("t10k", "test")}.gz`,
};

describe("listFolder()", () => {
  it.each(Object.entries(spellings))(
    "finds files named %s",
    async (_, spell) => {
      const folder = await writeFiles(
        await temporaryFolder(),
        rename(smallSet(), spell),
      );
      await writeFile(join(folder, "README.md"), "");
      const listing = await listFolder(folder);
      expect(isComplete(listing)).toBe(true);
      expect(listing.files).toEqual({
        trainImages: join(folder, spell("train-images-idx3-ubyte")),
        trainLabels: join(folder, spell("train-labels-idx1-ubyte")),
        testImages: join(folder, spell("t10k-images-idx3-ubyte")),
        testLabels: join(folder, spell("t10k-labels-idx1-ubyte")),
      });
    },
  );

  it("takes the plain file where there is a gzipped one too", async () => {
    const folder = await writeFiles(await temporaryFolder(), smallSet());
    await writeFiles(folder, rename(smallSet(), (name) => `${name}.gz`));
    const { files } = await listFolder(folder);
    expect(files.trainImages).toBe(join(folder, "train-images-idx3-ubyte"));
  });

  it("passes over folders and broken links of a file's name", async () => {
    const folder = await writeFiles(
      await temporaryFolder(),
      rename(smallSet(), (name) => name.replace("-idx", ".idx")),
    );
    // As a ZIP archive of MNIST is unpacked.
    const inner = join(folder, "train-images-idx3-ubyte");
    await writeFiles(inner, { "train-images-idx3-ubyte": new Uint8Array(1) });
    await symlink("nowhere", join(folder, "t10k-images-idx3-ubyte"));
    const { files } = await listFolder(folder);
    expect(files).toEqual({
      trainImages: join(folder, "train-images.idx3-ubyte"),
      trainLabels: join(folder, "train-labels.idx1-ubyte"),
      testImages: join(folder, "t10k-images.idx3-ubyte"),
      testLabels: join(folder, "t10k-labels.idx1-ubyte"),
    });
  });

  it.each([["in them"], ["in some of them"]])(
    "finds files %s, folders of the files' names",
    async (which) => {
      const folder = await temporaryFolder();
      const names: Record<string, string> = {};
      for (const [name, content] of Object.entries(smallSet())) {
        const isInside = which === "in them" || name.startsWith("train");
        names[name] = await writeFiles(
          isInside ? join(folder, name) : folder,
          { [name]: content, "README.md": new Uint8Array() },
        );
      }
      const listing = await listFolder(folder);
      expect(isComplete(listing)).toBe(true);
      expect(Object.values(listing.files).sort()).toEqual(
        Object.entries(names).map(([name, at]) => join(at, name)).sort(),
      );
    },
  );

  it("finds QMNIST's files", async () => {
    const files = rename(
      smallSet(),
      (name) =>
        `qmnist-${
          name.replace("t10k", "test").replace("idx1-ubyte", "idx2-int")
        }`,
    );
    const folder = await writeFiles(await temporaryFolder(), files);
    const listing = await listFolder(folder);
    expect(isComplete(listing)).toBe(true);
    expect(listing.prefix).toBe("qmnist");
  });

  it("ignores what only looks like an IDX file", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "train-images-idx1-ubyte"), "");
    await writeFile(join(folder, "train-images-idx3-ubyte.gz.tmp"), "");
    expect((await listFolder(folder)).files).toEqual({});
  });

  it("rejects a folder of several data sets", async () => {
    const folder = await writeFiles(await temporaryFolder(), smallSet());
    await writeFiles(
      folder,
      rename(smallSet(), (name) => `emnist-letters-${name}`),
    );
    const thrown = await listFolder(folder).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(UserError);
    expect((thrown as UserError).message).toBe(
      `Cannot load the data set from "${folder}": found files of 2 data sets ` +
        '("emnist-letters-...", "train-..."), want one',
    );
  });

  it("rejects a file in the place of a folder", async () => {
    const path = join(await temporaryFolder(), "file");
    await writeFile(path, "");
    await expect(listFolder(path)).rejects.toThrow(
      `Cannot read data folder "${path}": ENOTDIR`,
    );
  });
});

describe("missingFiles()", () => {
  it("lists what is missing, the names looked for and what is there", async () => {
    const { "t10k-labels-idx1-ubyte": _, ...three } = smallSet();
    const folder = await writeFiles(await temporaryFolder(), three);
    const { message, hint } = await missingFiles(
      await listFolder(folder),
      "MNIST_DIR",
    );
    expect(message).toBe(
      `Cannot load the data set from MNIST_DIR ("${folder}"): found no test labels; looked for ` +
        "t10k-labels-idx1-ubyte, t10k-labels.idx1-ubyte, test-labels-idx1-ubyte, test-labels.idx1-ubyte, " +
        'each with or without ".gz" and a prefix such as "emnist-digits-"; the folder holds ' +
        "t10k-images-idx3-ubyte, train-images-idx3-ubyte, train-labels-idx1-ubyte",
    );
    expect(hint).toMatch(
      /^Put all of one data set into the folder: four IDX files, or mnist_train\.csv and mnist_test\.csv, or .*\.npy, .* archive of NumPy's.* folders of PNG images/,
    );
  });

  it("says what bears a file's name and is none", async () => {
    const { "train-labels-idx1-ubyte": _, ...three } = smallSet();
    const folder = await writeFiles(await temporaryFolder(), three);
    await mkdir(join(folder, "train-labels-idx1-ubyte"));
    await symlink("nowhere", join(folder, "train-labels.idx1-ubyte"));
    const { message } = await missingFiles(await listFolder(folder), "x");
    expect(message).toMatch(
      /train-labels-idx1-ubyte \(a folder\), train-labels\.idx1-ubyte \(a broken link\)$/,
    );
  });

  it("names the sets that lie below, as in torchvision's root", async () => {
    const root = await temporaryFolder();
    const set = await writeFiles(join(root, "MNIST", "raw"), smallSet());
    const other = await writeFiles(join(root, "letters"), smallSet());
    await writeFiles(join(root, "too", "far", "down"), smallSet());
    const { hint } = await missingFiles(await listFolder(root), "MNIST_DIR");
    expect(hint).toBe(
      `Name a folder below it that holds a data set: "${other}", "${set}"`,
    );
  });

  it("says that a folder does not exist, is empty or holds much else", async () => {
    const folder = await temporaryFolder();
    const nowhere = await listFolder(join(folder, "nowhere"));
    expect(nowhere.missing).toHaveLength(4);
    expect((await missingFiles(nowhere, "x")).message).toMatch(
      /; the folder does not exist$/,
    );
    expect((await missingFiles(await listFolder(folder), "x")).message).toMatch(
      /; the folder is empty$/,
    );
    for (let i = 0; i < 10; i++) await writeFile(join(folder, `file${i}`), "");
    expect((await missingFiles(await listFolder(folder), "x")).message)
      .toMatch(/; the folder holds file0, .*, file7 and 2 more$/);
  });
});
