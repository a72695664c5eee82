/**
 * What every store owes, as tests: a store passes when
 * `storeConformance("s3", open)` does.
 *
 * `open` gives two views of one new, empty store, as two processes have them,
 * and `spoil` does to a file of an artifact what a faulty disk would.
 *
 * @module
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Orphan, Reference } from "../../core/store/admin.ts";
import { sha256 } from "../../core/lib/files.ts";
import { self } from "../../core/lib/owner.ts";
import { DamagedArtifactError } from "../../core/store/damaged.ts";
import type { ArtifactAddress, ArtifactStore } from "../../core/store/store.ts";

/** A store to be tested. */
export interface Tested {
  readonly store: ArtifactStore;
  /** The same store, opened anew at its location. */
  readonly other: ArtifactStore;
  /** Changes a byte of a file of an artifact, behind the store's back. */
  spoil(address: ArtifactAddress, path: string): Promise<void>;
  /** Removes a file of an artifact, likewise. */
  lose(address: ArtifactAddress, path: string): Promise<void>;
}

const value = {
  numbers: { list: [1, 2.5, -0], weights: Float32Array.of(1, -0, NaN) },
};
const record = { fields: { stage: "train" }, ms: 5, warnings: ["careful"] };

/** Declares the tests. */
export function storeConformance(
  name: string,
  open: () => Promise<Tested>,
): void {
  const at = (text: string, stage = "train"): ArtifactAddress => ({
    stage,
    key: sha256(text),
  });

  async function put(
    store: ArtifactStore,
    address: ArtifactAddress,
    note = "hello",
  ) {
    const draft = await store.draft(address);
    mkdirSync(join(draft.directory, "notes"));
    writeFileSync(join(draft.directory, "notes", "a.txt"), note);
    return await draft.commit(value, record);
  }

  describe(`the store "${name}"`, () => {
    describe("artifacts", () => {
      it("are there for every process, once they are committed", async () => {
        const { store, other } = await open();
        const draft = await store.draft(at("a"));
        expect(await other.inspect(at("a"))).toEqual({ status: "miss" });
        const manifest = await draft.commit(value, record);
        expect(await other.inspect(at("a")))
          .toEqual({ status: "hit", manifest });
        expect(await other.read(at("a"))).toStrictEqual(value);
        expect(manifest).toMatchObject({ ...at("a"), ...record });
      });

      it("have files, which can be read in their directory", async () => {
        const { store, other } = await open();
        const { files } = await put(store, at("a"));
        expect(files["notes/a.txt"])
          .toEqual({ size: 5, sha256: sha256("hello") });
        await other.read(at("a"));
        const file = join(other.directory(at("a")), "notes", "a.txt");
        expect(readFileSync(file, "utf8")).toBe("hello");
      });

      it("that were discarded were never there", async () => {
        const { store, other } = await open();
        const draft = await store.draft(at("a"));
        await draft.discard();
        expect(await other.inspect(at("a"))).toEqual({ status: "miss" });
        expect(await other.admin.list()).toEqual([]);
      });

      it("are replaced as a whole", async () => {
        const { store, other } = await open();
        await put(store, at("a"), "one");
        const { files } = await put(store, at("a"), "two");
        expect(await other.inspect(at("a")))
          .toMatchObject({ manifest: { files } });
      });

      it("that are damaged are refused, once", async () => {
        const { store, other, spoil } = await open();
        await put(store, at("a"));
        await spoil(at("a"), "arrays.safetensors");
        await expect(other.read(at("a"))).rejects
          .toThrow(DamagedArtifactError);
        expect(await store.inspect(at("a"))).toEqual({ status: "miss" });
        const shelved = (await store.admin.orphans())
          .filter(({ kind }) => kind === "quarantine");
        expect(shelved).toMatchObject([{ address: at("a") }]);
      });

      it("are listed by stage, the newest first", async () => {
        const { store, other } = await open();
        for (const name of ["a", "b"]) await put(store, at(name));
        await put(store, at("c", "sample"));
        const list = await other.list("train");
        expect(list.map(({ manifest }) => manifest.key).sort())
          .toEqual([at("a").key, at("b").key].sort());
        const times = list.map(({ time }) => time);
        expect(times).toEqual(times.toSorted((a, b) => b - a));
        expect(await other.list("evaluate")).toEqual([]);
      });
    });

    describe("locks", () => {
      it("are held by one, who is named, until released", async () => {
        const { store, other } = await open();
        const first = await store.tryLock(at("a"));
        if (!first.locked) throw new Error("It was free");
        expect(await other.tryLock(at("a"))).toMatchObject({
          locked: false,
          owner: { pid: process.pid, host: hostname() },
        });
        const another = await other.tryLock(at("b"));
        expect(another.locked).toBe(true);
        await first.release();
        expect((await other.tryLock(at("a"))).locked).toBe(true);
      });

      it("show in the list", async () => {
        const { store, other } = await open();
        await put(store, at("a"));
        await put(store, at("b"));
        await store.tryLock(at("a"));
        const locked = (await other.admin.list())
          .map(({ address, locked }) => [address.key, locked]);
        expect(new Map(locked as [string, boolean][])).toEqual(
          new Map([[at("a").key, true], [at("b").key, false]]),
        );
      });
    });

    it("keeps the folder of an attempt until it is cleared", async () => {
      const { store, other } = await open();
      const folder = await store.attemptDirectory(at("a"));
      writeFileSync(join(folder, "checkpoint"), "1");
      expect(await other.attemptDirectory(at("a"))).toBe(folder);
      expect(existsSync(join(folder, "checkpoint"))).toBe(true);
      expect((await other.admin.orphans()).map(({ kind, address }) => ({
        kind,
        address,
      }))).toContainEqual({ kind: "attempt", address: at("a") });
      await other.clearAttempt(at("a"));
      expect(existsSync(join(folder, "checkpoint"))).toBe(false);
    });

    it("lets others look at an attempt, and see whether it goes on", async () => {
      const { store, other } = await open();
      const look = () => other.admin.lookAtAttempt(at("a"));
      expect(await look()).toEqual({ directory: null, working: false });
      const lock = await store.tryLock(at("a"));
      if (!lock.locked) throw new Error("nobody else is here");
      const directory = await store.attemptDirectory(at("a"));
      expect(await look()).toEqual({ directory, working: true });
      await lock.release();
      expect(await look()).toEqual({ directory, working: false });
    });

    describe("the admin", () => {
      it("lists and looks at what there is, with sizes", async () => {
        const { store, other } = await open();
        await put(store, at("b", "sample"));
        const manifest = await put(store, at("a"));
        const list = await other.admin.list();
        expect(list.map(({ address }) => address))
          .toEqual([at("b", "sample"), at("a")]);
        const look = await other.admin.look(at("a"));
        expect(look).toEqual(list[1]);
        expect(look).toMatchObject({ manifest, problem: null, locked: false });
        const sizes = Object.values(manifest.files).map(({ size }) => size);
        expect(look!.bytes)
          .toBeGreaterThanOrEqual(sizes.reduce((sum, one) => sum + one));
        expect(await other.admin.look(at("none"))).toBeNull();
      });

      it("verifies every byte, and moves nothing", async () => {
        const { store, other, spoil } = await open();
        await put(store, at("a"));
        expect(await other.admin.verify(at("a"))).toEqual([]);
        expect(await other.admin.verify(at("none"))).toEqual([]);
        await spoil(at("a"), "notes/a.txt");
        expect(await other.admin.verify(at("a")))
          .toEqual(["notes/a.txt is not what was written"]);
        expect(await other.admin.verify(at("a"))).toHaveLength(1);
      });

      it("says what is lost, and calls nothing a stranger then", async () => {
        const { store, other, lose } = await open();
        await put(store, at("a"));
        await lose(at("a"), "notes/a.txt");
        const problem = "notes/a.txt is missing";
        expect(await other.admin.look(at("a")))
          .toMatchObject({ manifest: null, problem });
        expect(await other.admin.verify(at("a"))).toEqual([problem]);
        expect(await other.admin.strangers(at("a"))).toEqual([]);
        const kinds = (await other.admin.orphans()).map(({ kind }) => kind);
        expect(kinds).toEqual([]);
      });

      it("takes away what it is told, and no more", async () => {
        const { store, other } = await open();
        await put(store, at("a"));
        await put(store, at("b"));
        const attempt = await store.attemptDirectory(at("c"));
        writeFileSync(join(attempt, "x"), "1");
        const going = (await other.admin.orphans())
          .filter(({ kind }) => kind === "attempt");
        await other.admin.discard([at("a"), at("none")], going);
        await other.admin.emptyTrash();
        expect(await store.inspect(at("a"))).toEqual({ status: "miss" });
        expect(await store.read(at("b"))).toStrictEqual(value);
        const kinds = (list: readonly Orphan[]) => list.map(({ kind }) => kind);
        const left = kinds(await store.admin.orphans());
        expect(left).not.toContain("attempt");
        expect(left).not.toContain("trash");
      });

      it("takes in an artifact of another store", async () => {
        const from = await open();
        const manifest = await put(from.store, at("a"));
        const { store, other } = await open();
        const incoming = await store.admin.startImport(at("a"));
        const paths = ["manifest.json", ...Object.keys(manifest.files)];
        for (const path of paths) {
          const content = from.store.admin.readFile(at("a"), path);
          const found = await incoming.write(path, content);
          if (path in manifest.files) {
            expect(found).toEqual(manifest.files[path]);
          }
        }
        expect(await other.inspect(at("a"))).toEqual({ status: "miss" });
        expect(await incoming.check()).toEqual(manifest);
        await incoming.settle();
        expect(await other.read(at("a"))).toStrictEqual(value);
      });

      it("keeps its own artifact when another of that key arrives", async () => {
        const from = await open();
        const manifest = await put(from.store, at("a"), "theirs");
        const { store } = await open();
        const own = await put(store, at("a"), "ours");
        const incoming = await store.admin.startImport(at("a"));
        for (const path of ["manifest.json", ...Object.keys(manifest.files)]) {
          await incoming.write(path, from.store.admin.readFile(at("a"), path));
        }
        await incoming.check();
        await incoming.settle();
        expect(await store.inspect(at("a")))
          .toEqual({ status: "hit", manifest: own });
      });

      it("refuses an import that is not what its manifest says", async () => {
        const from = await open();
        const manifest = await put(from.store, at("a"));
        const { store } = await open();
        const incoming = await store.admin.startImport(at("a"));
        for (const path of ["manifest.json", ...Object.keys(manifest.files)]) {
          const content = path === "notes/a.txt"
            ? (async function* () {
              yield new TextEncoder().encode("hallo");
            })()
            : from.store.admin.readFile(at("a"), path);
          await incoming.write(path, content);
        }
        await expect(incoming.check()).rejects.toThrow("notes/a.txt");
        await incoming.discard();
        expect(await store.inspect(at("a"))).toEqual({ status: "miss" });
      });
    });

    describe("references", () => {
      const reference = (run: string, rest = {}): Reference => ({
        run,
        record: join(dirname(import.meta.filename), "conformance.ts"),
        host: hostname(),
        artifacts: [at("a")],
        owner: null,
        ...rest,
      });

      it("are seen by every process, one for each run and record", async () => {
        const { store, other } = await open();
        await store.admin.references.put(reference("r"));
        await store.admin.references.put(reference("r", { owner: self() }));
        await store.admin.references.put(reference("s"));
        expect(await other.admin.references.has(reference("r"))).toBe(true);
        expect(await other.admin.references.has(reference("t"))).toBe(false);
        const list = await other.admin.references.list();
        expect(list).toMatchObject([
          { ...reference("r"), owner: { pid: process.pid }, working: true },
          { ...reference("s"), working: false, holds: true },
        ]);
        await other.admin.references.remove([list[0]!.id]);
        expect((await store.admin.references.list()).map(({ run }) => run))
          .toEqual(["s"]);
      });

      it("hold while their record is there, or their owner lives", async () => {
        const { store } = await open();
        const { references } = store.admin;
        const record = join(import.meta.dirname, "nowhere", "record.json");
        await references.put(reference("gone", { record }));
        await references.put(reference("far", { record, host: "elsewhere" }));
        await references.put(reference("works", { record, owner: self() }));
        const held = (await references.list())
          .map(({ run, holds }) => [run, holds]);
        expect(Object.fromEntries(held))
          .toEqual({ gone: false, far: true, works: true });
      });

      it("remember when they were used", async () => {
        const { store } = await open();
        const { references } = store.admin;
        await references.put(reference("r"));
        const [before] = await references.list();
        await references.touch(reference("r"));
        const [after] = await references.list();
        expect(after!.used).toBeGreaterThanOrEqual(before!.used);
        await references.touch(reference("none"));
        expect(await references.list()).toHaveLength(1);
      });

      it("cannot be added while somebody decides by them", async () => {
        const elsewhere = await open();
        const { store, other } = await open();
        const order: string[] = [];
        let adding: Promise<void> | undefined;
        await store.admin.references.exclusively(async () => {
          adding = other.admin.references.put(reference("r"))
            .then(() => void order.push("added"));
          // As long as additions take that need not wait.
          for (const run of ["s", "t", "u"]) {
            await elsewhere.store.admin.references.put(reference(run));
          }
          expect(await store.admin.references.list()).toEqual([]);
          order.push("decided");
        });
        await adding;
        expect(order).toEqual(["decided", "added"]);
        expect(await store.admin.references.list()).toHaveLength(1);
      });
    });
  });
}
