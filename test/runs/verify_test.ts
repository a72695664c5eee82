import {
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { verifyStore } from "../../core/runs/verify.ts";
import { sha256 } from "../../core/lib/files.ts";
import { openStore } from "../../core/store/open.ts";
import type { ArtifactStore } from "../../core/store/store.ts";

let store: ArtifactStore;
const addresses = ["a", "b", "c"].map((name) => ({
  stage: "train",
  key: sha256(name),
}));

beforeEach(async () => {
  const root = mkdtempSync(join(tmpdir(), "verify-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  store = await openStore(root);
  for (const address of addresses) {
    const draft = await store.draft(address);
    const value = { training: { data: Float32Array.of(1, 2, 3) } };
    await draft.commit(value, { fields: {}, ms: 1, warnings: [] });
  }
});

test("a store that is whole is said to be", async () => {
  const progress: number[][] = [];
  const found = await verifyStore(store, {
    onProgress: (...bytes) => progress.push(bytes),
  });
  expect(found).toEqual({
    count: 3,
    bytes: expect.any(Number),
    damaged: [],
    unknown: [],
    mismatches: [],
    quarantined: 0,
  });
  expect(progress[0]).toEqual([0, found.bytes]);
  expect(progress.at(-1)).toEqual([found.bytes, found.bytes]);
  expect(progress).toHaveLength(4);
});

test("what is damaged is named, and moved where that is asked for", async () => {
  const [flipped, cut] = addresses.map((one) => store.directory(one));
  const file = join(flipped!, "arrays.safetensors");
  const bytes = readFileSync(file);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(file, bytes);
  truncateSync(join(cut!, "value.json"), 3);
  writeFileSync(join(store.directory(addresses[2]!), "mine.txt"), "x");
  const found = await verifyStore(store);
  const problems = found.damaged.map(({ key, problems, repaired }) => ({
    key,
    problems,
    repaired,
  }));
  const expected = [
    {
      key: addresses[0]!.key,
      problems: ["arrays.safetensors is not what was written"],
    },
    {
      key: addresses[1]!.key,
      problems: [expect.stringContaining("value.json has 3 bytes")],
    },
  ].sort((a, b) => a.key < b.key ? -1 : 1);
  expect(problems).toEqual(
    expected.map((one) => ({ ...one, repaired: false })),
  );
  expect(found.unknown).toEqual([`train/${addresses[2]!.key}/mine.txt`]);
  expect(await store.admin.list()).toHaveLength(3);

  const repaired = await verifyStore(store, { repair: true });
  expect(repaired.damaged.every(({ repaired }) => repaired)).toBe(true);
  expect(repaired.quarantined).toBe(2);
  expect(await verifyStore(store)).toMatchObject({ count: 1, damaged: [] });
});

test("an artifact that is replaced meanwhile is not damaged", async () => {
  const [address] = addresses;
  const verify = store.admin.verify;
  let calls = 0;
  const admin = {
    ...store.admin,
    verify: async (one: typeof addresses[0]) =>
      one.key === address!.key && calls++ === 0
        ? ["value.json is not what was written"]
        : await verify(one),
  };
  expect((await verifyStore({ ...store, admin })).damaged).toEqual([]);
  expect(calls).toBe(2);
});

test("it stops when it is told to", async () => {
  const stop = new AbortController();
  await expect(verifyStore(store, {
    signal: stop.signal,
    onProgress: () => stop.abort(new Error("enough")),
  })).rejects.toThrow("enough");
});
