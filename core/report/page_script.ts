/**
 * A page's script: a module for browsers and what it imports, as one text.
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

/** Bundles the module at `entry`, a file URL, for browsers of 2021 and later. */
export async function pageScript(entry: URL): Promise<InlineScript> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
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
