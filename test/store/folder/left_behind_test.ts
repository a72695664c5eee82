import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { ownedName } from "../../../core/lib/owner.ts";
import type { ArtifactStore } from "../../../core/store/store.ts";
import { at, emptyStore, put, value } from "./_empty_store.ts";

/** Beyond the largest there can be. */
const NO_PID = 2 ** 30;
let store: ArtifactStore;

beforeEach(() => {
  store = emptyStore();
});

describe("what the dead have left in a folder", () => {
  it("takes over a lock whose holder has died, and no other", async () => {
    const lock = async () => await store.tryLock(at("a"));
    expect((await lock()).locked).toBe(true);
    const [folder] = readdirSync(join(store.location, ".locks"));
    const path = join(store.location, ".locks", folder!);
    const edit = (given: object) => {
      const [token] = readdirSync(path);
      const file = join(path, token!);
      const owner = JSON.parse(readFileSync(file, "utf8"));
      writeFileSync(file, JSON.stringify({ ...owner, ...given }));
    };
    // Of another host's process nobody can know at once.
    edit({ pid: NO_PID, host: "elsewhere" });
    expect((await lock()).locked).toBe(false);
    // A process with the holder's number, but started later.
    edit({ pid: process.pid, host: hostname(), started: "1" });
    const again = await lock();
    expect(again.locked).toBe(process.platform === "linux");
    edit({ pid: NO_PID, host: hostname() });
    expect((await lock()).locked).toBe(true);
  });

  it("sweeps drafts and locks of the dead, not those of the living", async () => {
    const mine = await store.draft(at("a"));
    const theirs = await store.draft(at("b"));
    const home = join(theirs.directory, "..");
    const dead = home.replace(`~${process.pid}~`, `~${NO_PID}~`);
    renameSync(home, dead);
    mkdirSync(join(store.location, ".locks"));
    const name = ownedName("new").replace(`~${process.pid}~`, `~${NO_PID}~`);
    mkdirSync(join(store.location, ".locks", name));
    await store.removeStale();
    expect(existsSync(mine.directory)).toBe(true);
    expect(existsSync(dead)).toBe(false);
    expect(readdirSync(join(store.location, ".locks"))).toEqual([]);
  });

  it("puts back an artifact whose replacement came no further", async () => {
    await put(store, at("a"), {}, "old");
    const draft = await store.draft(at("a"));
    const home = join(draft.directory, "..");
    renameSync(store.directory(at("a")), join(home, "replaced"));
    renameSync(home, home.replace(`~${process.pid}~`, `~${NO_PID}~`));
    expect(await store.inspect(at("a"))).toEqual({ status: "miss" });
    await store.removeStale();
    expect(await store.read(at("a"))).toStrictEqual(value);
  });

  it("leaves a replaced artifact where it is, if it cannot be put back", async () => {
    await put(store, at("a"), {}, "old");
    const draft = await store.draft(at("a"));
    const home = join(draft.directory, "..");
    renameSync(store.directory(at("a")), join(home, "replaced"));
    const dead = home.replace(`~${process.pid}~`, `~${NO_PID}~`);
    renameSync(home, dead);
    const stage = join(store.location, "train");
    rmSync(stage, { recursive: true });
    writeFileSync(stage, "in the way");
    await store.removeStale();
    expect(existsSync(join(dead, "replaced", "manifest.json"))).toBe(true);
    rmSync(stage);
    await store.removeStale();
    expect(await store.read(at("a"))).toStrictEqual(value);
    expect(existsSync(dead)).toBe(false);
  });

  it("says so where somebody has removed a draft", async () => {
    const draft = await store.draft(at("a"));
    rmSync(join(draft.directory, ".."), { recursive: true });
    const record = { fields: {}, ms: 1, warnings: [] };
    await expect(draft.commit(value, record)).rejects.toMatchObject({
      name: "RunError",
      message: expect.stringMatching(
        /^Cannot keep the artifact of stage "train": its draft ".*" is gone/,
      ),
    });
  });
});
