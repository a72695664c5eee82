import { it } from "vitest";
import { nativeMissing } from "../engine/backends.ts";
import { testAllPriors } from "./_conformance.ts";

if (nativeMissing()) {
  it("native SKIPPED: its addon is not built", (context) => context.skip());
} else await testAllPriors("native");
