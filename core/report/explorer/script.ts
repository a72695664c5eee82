/**
 * The page's script: the modules of `page/` and what they import, as one text.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";

/** A script that stands in a page. */
export interface InlineScript {
  readonly code: string;
  /** What the page's policy lets run: this text, and no other. */
  readonly hash: string;
}

/** Bundles the explorer's script for browsers of 2021 and later. */
export async function explorerScript(): Promise<InlineScript> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("page/main.ts", import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2021",
    charset: "ascii",
  });
  // A closing tag inside of the script would end it.
  const code = outputFiles[0]!.text.trim().replaceAll("</", "<\\/");
  const digest = createHash("sha256").update(code).digest("base64");
  return { code, hash: `'sha256-${digest}'` };
}
