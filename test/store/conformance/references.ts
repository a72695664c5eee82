/**
 * What a store owes of references.
 *
 * @module
 */

import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { self } from "../../../core/lib/owner.ts";
import type { Reference } from "../../../core/store/admin.ts";
import { at, type OpenTested } from "./tested.ts";

/** Declares the tests. */
export function testReferences(open: OpenTested): void {
  describe("references", () => {
    const reference = (run: string, rest = {}): Reference => ({
      run,
      record: join(dirname(import.meta.filename), "references.ts"),
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
}
