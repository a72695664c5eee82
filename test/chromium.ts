/**
 * A real Chromium for tests of the page, where the machine has one.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where systems put Chromium and its relatives. */
const PLACES = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  chromium.executablePath(),
];

/** Path of a Chromium, null where there is none. */
export const CHROMIUM: string | null =
  PLACES.find((path) => path !== undefined && existsSync(path)) ?? null;

/** Title of what needs one: says why it is left out. */
export const CHROMIUM_TITLE = CHROMIUM === null
  ? "in a browser SKIPPED: no Chromium found; CHROMIUM may name one"
  : "in a browser";

/** Starts it, without a window. */
export async function startChromium(): Promise<Browser> {
  return await chromium.launch({
    executablePath: CHROMIUM!,
    // The page is our own; as root the sandbox cannot start.
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}
