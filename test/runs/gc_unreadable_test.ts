import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { collect, here, left, put, refer, useStore } from "./_garbage.ts";
import { fakeRecord, writeRecord } from "./fake_record.ts";

useStore();

test("gc keeps what a run needs whose record cannot be looked for, and names it", async () => {
  await put("a", "b");
  // As root, too, nobody looks behind a link to itself.
  const home = join(here.root, "theirs");
  symlinkSync("theirs", home);
  const record = join(home, "runs", "r", "record.json");
  await refer("r", ["a"], { record });
  const { unseen } = await collect();
  expect(unseen).toEqual([
    { run: "r", record, why: expect.stringContaining("ELOOP"), going: 0 },
  ]);
  expect(await left()).toEqual(["a"]);
  const limited = await collect({ usedSince: Infinity });
  expect(limited.unseen).toMatchObject([{ run: "r", going: 1 }]);
  expect(await left()).toEqual([]);
});

test("gc removes nothing where a reference cannot be read, or the folder of them", async () => {
  await put("a");
  await refer("r", ["a"]);
  const [reference] = await here.store.admin.references.list();
  const folder = join(here.store.location, ".references");
  const file = join(folder, `${reference!.id}.json`);
  const refused = async (place: string) => {
    await expect(collect()).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining(
        `Cannot tell what can go from the store "${here.store.location}": "${place}" says what a run needs, and cannot be read`,
      ),
      hint: expect.stringContaining("Nothing was removed"),
    });
    expect(await left()).toEqual(["a"]);
  };
  for (const text of ["{", "{}"]) {
    writeFileSync(file, text);
    await refused(file);
  }
  rmSync(file);
  mkdirSync(file);
  await refused(file);
  rmSync(folder, { recursive: true });
  writeFileSync(folder, "");
  await refused(folder);
});

test("gc removes nothing where a run's own record cannot be read, and nobody else knows what it needs", async () => {
  await put("a");
  const record = join(here.outputs, "runs", "r", "record.json");
  mkdirSync(record, { recursive: true });
  const message = `"${join(here.outputs, "runs", "r")}" says what a run needs`;
  await expect(collect()).rejects.toThrow(message);
  expect(await left()).toEqual(["a"]);
  // The store knows.
  await refer("r", ["a"]);
  await collect();
  expect(await left()).toEqual(["a"]);
});

// Others have no user to become.
test.skipIf(process.getuid?.() !== 0)(
  "gc keeps what another user's runs need, who keeps his outputs to himself; skipped but for root",
  async () => {
    await put("a", "b");
    const theirs = join(here.root, "theirs");
    const record = writeRecord(theirs, fakeRecord());
    await refer("r", ["a"], { record });
    chmodSync(here.root, 0o755);
    chmodSync(theirs, 0o700);
    const nobody = 65_534;
    const give = (path: string) => {
      chownSync(path, nobody, nobody);
      if (!statSync(path).isDirectory()) return;
      for (const name of readdirSync(path)) give(join(path, name));
    };
    give(here.store.location);
    process.seteuid!(nobody);
    onTestFinished(() => process.seteuid!(0));
    const { unseen } = await collect();
    expect(unseen).toEqual([
      { run: "r", record, why: expect.stringContaining("EACCES"), going: 0 },
    ]);
    expect(await left()).toEqual(["a"]);
  },
);
