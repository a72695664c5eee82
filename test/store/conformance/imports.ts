/**
 * What a store owes of artifacts that come from another.
 *
 * @module
 */

import { describe, expect, it } from "vitest";
import { at, type OpenTested, put, value } from "./tested.ts";

/** Declares the tests. */
export function testImports(open: OpenTested): void {
  describe("imports", () => {
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
}
