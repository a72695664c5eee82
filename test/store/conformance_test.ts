import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../core/store/open.ts";
import { storeConformance } from "./conformance.ts";

storeConformance("folder", async () => {
  const root = mkdtempSync(join(tmpdir(), "store-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const location = join(root, "store");
  const store = await openStore(location);
  return {
    store,
    other: await openStore(store.location),
    spoil: async (address, path) => {
      const file = join(store.directory(address), path);
      const bytes = readFileSync(file);
      bytes[bytes.length - 1]! ^= 1;
      writeFileSync(file, bytes);
    },
    lose: async (address, path) => rmSync(join(store.directory(address), path)),
  };
});

test("a location that no store is for is refused", async () => {
  await expect(openStore("ftp://host/store")).rejects.toThrow(
    'Cannot open the store: there is none for "ftp:", want a folder or s3://bucket/prefix',
  );
});

test.each(["s3:/key:geheim@bucket/x", "s3:key:geheim@bucket", "S3:/bucket/x"])(
  "what was meant for S3 is no folder, nor shown: %s",
  async (location) => {
    const opening = openStore(location);
    await expect(opening).rejects.toThrow(
      "Cannot open the store: after s3: there are no two slashes; want s3://bucket/prefix",
    );
    await expect(opening).rejects.not.toThrow("geheim");
  },
);
