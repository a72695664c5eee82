/**
 * A real Chromium for tests of the page, where the machine has one.
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";

const named = process.env["CHROMIUM"];
/** The one that is named, `""` for none, or where systems put Chromium and its relatives. */
const PLACES = named !== undefined ? [named] : [
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
  PLACES.find((path) => existsSync(path)) ?? null;

if (CHROMIUM === null) {
  console.warn("Skipped: no Chromium found; CHROMIUM may name one");
}

/** What it may take at a time: it only ends what hangs, and says where. */
const HANGS_MS = 300_000;

/** Starts it, without a window. */
export async function startChromium(): Promise<Browser> {
  return await chromium.launch({
    executablePath: CHROMIUM!,
    timeout: HANGS_MS,
    // The page is our own; as root the sandbox cannot start.
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}

/** Opens a page; what it complains of, and what it asks for that is not its own, is kept. */
export async function openPage(
  browser: Browser,
  url: string,
  { isOwn, ...options }: BrowserContextOptions & {
    readonly isOwn: (request: URL) => boolean;
  },
): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(HANGS_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!isOwn(new URL(request.url()))) complaints.push(request.url());
  });
  await page.goto(url);
  return { page, complaints };
}

/** What axe finds fault with in a page that bypasses its CSP, all details unfolded. */
export async function axeFaults(page: Page): Promise<unknown> {
  await page.evaluate(
    "document.querySelectorAll('details').forEach((one) => one.open = true)",
  );
  const require = createRequire(import.meta.url);
  await page.evaluate(readFileSync(require.resolve("axe-core"), "utf8"));
  return await page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html} (${nodes.length}) ${nodes[0].failureSummary}`))",
  );
}
