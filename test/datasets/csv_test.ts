import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { parseTable } from "../../datasets/csv.ts";
import { loadDataset } from "../../datasets/load.ts";
import { fingerprintSource } from "../../datasets/fingerprint.ts";
import { findSource } from "../../datasets/sources.ts";
import { temporaryFolder } from "./idx_fixture.ts";

const FIXTURES = fileURLToPath(new URL("./fixtures", import.meta.url));

const table = (text: string) => ({
  path: "some.csv",
  compressed: false,
  bytes: Buffer.from(text),
  sha256: "",
});

it("reads what pandas writes, with headings", async () => {
  const folder = await tables();
  const { train, test, ...dataset } = await loadDataset({ dir: folder });
  expect(dataset).toMatchObject({ name: "small", height: 3, width: 3 });
  expect([...train.labels]).toEqual([0, 1, 2, 0, 1, 2, 0]);
  expect([...train.images.subarray(0, 9)])
    .toEqual([139, 74, 229, 241, 169, 65, 6, 160, 149]);
  expect(test.count).toBe(4);
  const limited = await loadDataset({ dir: folder, trainLimit: 2 });
  expect(limited.train.images).toEqual(train.images.slice(0, 18));
});

it("reads what NumPy writes, without headings and with returns", async () => {
  const bytes = await readFile(join(FIXTURES, "plain.csv"));
  const plain = parseTable({ ...table(""), bytes });
  const { test } = await loadDataset({ dir: await tables() });
  expect(plain.images).toEqual(test.images);
  expect(plain.labels).toEqual(test.labels);
});

it("names both files and their bytes in the key", async () => {
  const source = await findSource({ dir: await tables() });
  const fingerprint = await fingerprintSource(source);
  expect(Object.keys(fingerprint)).toEqual([
    "data",
    "train table",
    "test table",
  ]);
  expect(fingerprint["data"]).toBe("CSV files: small");
});

it.each([
  ["1,2,3\n", "on line 1 found 3 columns, want a label and the pixels"],
  ["", "on line 1 found 0 columns"],
  ["label,a\n", "on line 2 found 0 columns"],
  ["1,2\n3,256\n", 'on line 2 found "256" in column 2, want a grey level'],
  ["1,2\n3,0.5\n", 'on line 2 found "0.5" in column 2'],
  ["1,2\n,5\n", "on line 2 found nothing in column 1, want a class"],
  ["1,2\n3\n", 'on line 2 found "3" in column 1'],
  ["1,2\n3,4,5\n", 'on line 2 found "4" in column 2'],
  ["a,b\n1,2\n\n3,4\n", "on line 3 found nothing in column 1"],
])("refuses %j", (text, message) => {
  expect(() => parseTable(table(text))).toThrow(message);
});

it("refuses test images of another size, and tables of two sets", async () => {
  const folder = await tables();
  await writeFile(join(folder, "small_test.csv"), "1,2,3,4,5\n");
  await expect(loadDataset({ dir: folder }))
    .rejects.toThrow("found images of 2 x 2, want 3 x 3");
  await copyFile(
    join(FIXTURES, "plain.csv"),
    join(folder, "other_test.csv"),
  );
  await expect(loadDataset({ dir: folder }))
    .rejects.toThrow("found tables of 2 data sets, want one");
});

async function tables(): Promise<string> {
  // A name that may be any folder's: the tables have the telling one.
  const folder = join(await temporaryFolder(), "data");
  await mkdir(folder);
  for (const file of ["small_train.csv", "small_test.csv"]) {
    await copyFile(join(FIXTURES, file), join(folder, file));
  }
  return folder;
}
