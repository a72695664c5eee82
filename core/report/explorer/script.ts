/**
 * The explorer's script: the modules of `page/` and what they import.
 *
 * @module
 */

import { type InlineScript, pageScript } from "../page_script.ts";

/** Bundles the explorer's script. */
export async function explorerScript(): Promise<InlineScript> {
  return await pageScript(new URL("page/main.ts", import.meta.url));
}
