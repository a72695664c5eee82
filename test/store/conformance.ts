/**
 * What every store owes, as tests: a store passes when
 * `storeConformance("s3", open)` does.
 *
 * `open` gives two views of one new, empty store, as two processes have them,
 * and `spoil` does to a file of an artifact what a faulty disk would.
 *
 * @module
 */

import { describe } from "vitest";
import { testAdmin } from "./conformance/admin.ts";
import { testArtifacts } from "./conformance/artifacts.ts";
import { testImports } from "./conformance/imports.ts";
import { testLocks } from "./conformance/locks.ts";
import { testReferences } from "./conformance/references.ts";
import type { OpenTested } from "./conformance/tested.ts";

/** Declares the tests. */
export function storeConformance(name: string, open: OpenTested): void {
  describe(`the store "${name}"`, () => {
    testArtifacts(open);
    testLocks(open);
    testAdmin(open);
    testImports(open);
    testReferences(open);
  });
}
