/**
 * What a store owes of artifacts.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../core/lib/files.ts";
import { DamagedArtifactError } from "../../../core/store/damaged.ts";
import { at, type OpenTested, put, record, value } from "./tested.ts";

/** Declares the tests. */
export function testArtifacts(open: OpenTested): void {
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
}
