/**
 * Before any test: sets up the native engine where it can be had, as the first
 * run does, so that its tests are not left out.
 *
 * @module
 */

import { ensureEngine } from "../core/engine/engine.ts";

export default async function setUp(): Promise<void> {
  let last = "";
  const engine = await ensureEngine("auto", {
    onProgress: (phase) => {
      if (phase !== last) console.error(`Native engine: ${phase}`);
      last = phase;
    },
  });
  if (engine.fallbackReason !== undefined) {
    console.error(
      `Tests of the native engine are skipped: ${engine.fallbackReason}`,
    );
  }
}
