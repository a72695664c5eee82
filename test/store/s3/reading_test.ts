/** What is read, whatever happens to the store or to the copy. */

import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sha256 } from "../../../core/lib/files.ts";
import { DamagedArtifactError } from "../../../core/store/damaged.ts";
import type { ArtifactStore } from "../../../core/store/store.ts";
import { at, keysWith, openElsewhere, put, spoil, useFake } from "./_opened.ts";

const LOCATION = "s3://bucket/store";

async function textOf(store: ArtifactStore): Promise<string> {
  const { note } = await store.read(at("a"));
  return (note as { text: string }).text;
}

test("another machine reads what one made, and then from its copy", async () => {
  const fake = await useFake();
  await put(openElsewhere(LOCATION), at("a"));
  const store = openElsewhere(LOCATION);
  expect(existsSync(store.directory(at("a")))).toBe(false);
  expect(await textOf(store)).toBe("hello");
  expect(readFileSync(join(store.directory(at("a")), "note.txt"), "utf8"))
    .toBe("hello");
  fake.requests.length = 0;
  expect(await textOf(store)).toBe("hello");
  expect(fake.requests).toEqual([
    `GET store/manifests/train/${at("a").key}.json`,
  ]);
});

test("a damaged copy is fetched anew", async () => {
  await useFake();
  await put(openElsewhere(LOCATION), at("a"));
  const store = openElsewhere(LOCATION);
  await store.read(at("a"));
  const file = join(store.directory(at("a")), "note.txt");
  writeFileSync(file, "hallo");
  expect(await textOf(store)).toBe("hello");
  expect(readFileSync(file, "utf8")).toBe("hello");
  rmSync(file);
  expect(await textOf(store)).toBe("hello");
});

test("a copy of what was replaced is not taken for it", async () => {
  await useFake();
  const one = openElsewhere(LOCATION);
  const other = openElsewhere(LOCATION);
  await put(one, at("a"), "first");
  expect(await textOf(other)).toBe("first");
  await put(one, at("a"), "second");
  expect(await textOf(other)).toBe("second");
  expect(readFileSync(join(other.directory(at("a")), "note.txt"), "utf8"))
    .toBe("second");
});

test("what is replaced while it is read is read anew", async () => {
  const fake = await useFake();
  const one = openElsewhere(LOCATION);
  await put(one, at("a"), "first");
  const other = openElsewhere(LOCATION);
  let replaced: Promise<void> | undefined;
  // Files are asked for side by side, and some are the same in both.
  const file = `GET store/files/train/${at("a").key}/${sha256("first")}`;
  fake.faults.before = async (request) => {
    if (request !== file) return;
    replaced ??= put(one, at("a"), "second");
    await replaced;
  };
  expect(await textOf(other)).toBe("second");
  expect(replaced).toBeDefined();
  expect(keysWith(fake, "/quarantine/")).toEqual([]);
});

test("files that an artifact no longer names go, and no others", async () => {
  const fake = await useFake();
  const store = openElsewhere(LOCATION);
  await put(store, at("a"), "first");
  const theirs = `store/files/train/${at("a").key}/theirs`;
  fake.set(theirs, Buffer.from("another process is uploading"));
  const [first, second] = ["first", "second"].map((text) =>
    `store/files/train/${at("a").key}/${sha256(text)}`
  );
  expect(fake.objects.has(first!)).toBe(true);
  await put(store, at("a"), "second");
  expect(fake.objects.has(first!)).toBe(false);
  expect(fake.objects.has(second!)).toBe(true);
  expect(fake.objects.has(theirs)).toBe(true);
});

test("a large file comes and goes in pieces", async () => {
  const fake = await useFake();
  const text = "0123456789".repeat(1e6);
  await put(openElsewhere(LOCATION), at("a"), text);
  const key = keysWith(fake, sha256(text))[0]!;
  expect(fake.objects.get(key)!.bytes.length).toBe(1e7);
  fake.faults.cut = { key, times: 1 };
  expect(await textOf(openElsewhere(LOCATION))).toBe(text);
});

test("many are looked up side by side", async () => {
  const fake = await useFake();
  const store = openElsewhere(LOCATION);
  let waiting = 0;
  let open = () => {};
  const opened = new Promise<void>((done) => open = done);
  fake.faults.before = async () => {
    // Who asks for one after the other waits here for good.
    if (++waiting === 16) open();
    await opened;
  };
  const found = await Promise.all(
    Array.from({ length: 40 }, (_, i) => store.inspect(at(String(i)))),
  );
  expect(found).toEqual(Array(40).fill({ status: "miss" }));
});

test("a download that breaks off is done again", async () => {
  const fake = await useFake();
  await put(openElsewhere(LOCATION), at("a"));
  const store = openElsewhere(LOCATION);
  fake.faults.cut = { key: "/files/", times: 2 };
  expect(await textOf(store)).toBe("hello");
  expect(fake.faults.cut.times).toBe(0);
});

test("what was spoilt on the way once is asked for again", async () => {
  const fake = await useFake();
  await put(openElsewhere(LOCATION), at("a"));
  const [file] = keysWith(fake, "/files/");
  const { bytes } = fake.objects.get(file!)!;
  let asked = 0;
  spoil(fake, file!);
  fake.faults.before = (request) => {
    if (request === `GET ${file}` && ++asked === 2) fake.set(file!, bytes);
  };
  expect(await textOf(openElsewhere(LOCATION))).toBe("hello");
  expect(asked).toBe(2);
});

test("what the store has lost is damage, and is made again in its place", async () => {
  const fake = await useFake();
  const one = openElsewhere(LOCATION);
  await put(one, at("a"));
  const [file] = keysWith(fake, "/files/");
  spoil(fake, file!);
  const other = openElsewhere(LOCATION);
  await expect(other.read(at("a"))).rejects.toThrow(DamagedArtifactError);
  expect(await one.inspect(at("a"))).toEqual({ status: "miss" });
  expect(keysWith(fake, "/quarantine/")).toHaveLength(2);
  await put(one, at("a"));
  expect(await textOf(other)).toBe("hello");
  fake.objects.delete(file!);
  await expect(openElsewhere(LOCATION).read(at("a"))).rejects
    .toThrow("is missing");
});

test("a manifest that is none is damage, and one that leads out of its place", async () => {
  const fake = await useFake();
  const store = openElsewhere(LOCATION);
  await put(store, at("a"));
  const [manifest] = keysWith(fake, "/manifests/");
  const text = fake.objects.get(manifest!)!.bytes.toString();
  fake.set(manifest!, Buffer.from("{"));
  expect(await store.inspect(at("a")))
    .toEqual({ status: "damaged", problem: "manifest.json cannot be read" });
  fake.set(
    manifest!,
    Buffer.from(text.replace('"note.txt"', '"../../note.txt"')),
  );
  await expect(store.read(at("a"))).rejects
    .toThrow("manifest.json names files elsewhere");
});

test("verify looks at the store, whatever the copy is, and a read after it too", async () => {
  const fake = await useFake();
  const store = openElsewhere(LOCATION);
  await put(store, at("a"));
  expect(await store.admin.verify(at("a"))).toEqual([]);
  const [file] = keysWith(fake, "/files/");
  spoil(fake, file!);
  expect(await store.admin.verify(at("a"))).toHaveLength(1);
  await expect(store.read(at("a"))).rejects.toThrow(DamagedArtifactError);
});
