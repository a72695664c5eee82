/** Removes what `build.ts` has made: a checkout runs from its sources. @module */

import { rmSync } from "node:fs";

rmSync(new URL("../../dist", import.meta.url), {
  recursive: true,
  force: true,
});
