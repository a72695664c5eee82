/**
 * What a store owes of those who look after it.
 *
 * @module
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Orphan } from "../../../core/store/admin.ts";
import { at, type OpenTested, put, value } from "./tested.ts";

/** Declares the tests. */
export function testAdmin(open: OpenTested): void {
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
  });
}
