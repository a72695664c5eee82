/** A process that reads a URL: `node --import tsx _get.ts URL`. @module */

import { get } from "../../../core/lib/network/get.ts";

const [, , url = ""] = process.argv;
for await (
  const chunk of await get(new URL(url), new AbortController().signal)
) {
  process.stdout.write(chunk);
}
