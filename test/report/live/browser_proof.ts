import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  axeFaults,
  CHROMIUM,
  openPage,
  startChromium,
} from "../../chromium.ts";
import { beginRun, serveCheckout } from "./_live_run.ts";
import { freePort } from "../../port.ts";
import { serveIn } from "./_serve_process.ts";

describe.skipIf(CHROMIUM === null)("the live page in a browser", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** Opens a page; whatever it complains of or asks of other hosts is kept. */
  async function open(url: string, options: BrowserContextOptions = {}) {
    const { origin } = new URL(url);
    const isOwn = (request: URL) =>
      request.protocol === "data:" || request.origin === origin;
    return await openPage(browser, url, { ...options, isOwn });
  }

  test("follows a run without being loaded again, to its end", async () => {
    const { here, server, done } = await serveCheckout();
    const run = await beginRun(here);
    run.log(1, 100);
    const { page, complaints } = await open(server.url);
    await page.getByText("2 runs, 1 of them running").waitFor();
    await page.getByRole("link", { name: run.id }).click();
    await page.evaluate("window.sameDocument = true");
    await page.getByRole("status").getByText("Live").waitFor();

    const summary = page.getByText("All stages");
    await summary.focus();
    await page.keyboard.press("Enter");
    const chart = page.getByRole("img", { name: "Negative ELBO by epoch" });
    const described = () => chart.locator("desc").textContent();
    expect(await described()).toContain("Gaussian(0,1) 105.00");
    run.log(2, 90.5);
    run.progress(30, 120);
    await expect.poll(described).toContain("95.50");
    const bar = page.getByRole("progressbar");
    await expect.poll(() => bar.getAttribute("value"))
      .toBe("0.2500");
    // The part of the page under the reader's hands has been replaced.
    expect(await page.locator("#stages").getAttribute("open")).not.toBeNull();
    expect(
      await page.evaluate("document.activeElement.textContent"),
    ).toBe("All stages");

    await run.save(7, 1);
    const picture = page.getByRole("img", { name: /^Samples after 1 epoch/ });
    await picture.waitFor();
    // It is there before it has been decoded.
    await expect.poll(() =>
      page.evaluate("document.querySelector('.pictures img').naturalWidth")
    ).toBeGreaterThan(0);
    await run.end();
    await page.locator(".facts").getByText("interrupted").waitFor();
    await server.close();
    await page.getByRole("status").getByText("The server has ended").waitFor();
    expect(await page.evaluate("window.sameDocument")).toBe(true);
    expect(complaints).toEqual([]);
    expect(await page.title()).not.toBe(done);
    await page.context().close();
  });

  test("shows a finished run's report, cut off from the rest", async () => {
    const { server, done } = await serveCheckout();
    const { page, complaints } = await open(server.urlOf(done));
    await page.getByRole("link", { name: "Report" }).click();
    await page.getByRole("heading", { name: "Results" }).waitFor();
    expect(await page.evaluate("origin")).toBe("null");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("takes up again where the server was killed and comes back", async () => {
    const { here } = await serveCheckout();
    const port = await freePort();
    const first = await serveIn(here.folder, port);
    const { page } = await open(`http://127.0.0.1:${port}/`);
    const status = page.getByRole("status");
    await status.getByText("Live").waitFor();
    await first.kill();
    await status.getByText("Connection lost").waitFor();
    await serveIn(here.folder, port);
    await status.getByText("Live").waitFor();
    const run = await beginRun(here);
    await page.getByRole("link", { name: run.id }).waitFor();
    await run.end();
    await page.context().close();
  });

  test("does without JavaScript, as things stood", async () => {
    const { here, server } = await serveCheckout();
    const run = await beginRun(here);
    run.log(1, 100);
    const { page } = await open(server.urlOf(run.id), {
      javaScriptEnabled: false,
    });
    expect(await page.locator("noscript").isVisible()).toBe(true);
    expect(await page.getByText("3 of 6 stages done").isVisible()).toBe(true);
    await run.end();
    await page.context().close();
  });

  test.each(
    [
      { width: 1280, colorScheme: "light" },
      { width: 390, colorScheme: "dark" },
    ] as const,
  )(
    "has nothing that axe finds fault with: $width pixels, $colorScheme",
    async ({ width, colorScheme }) => {
      const { here, server, done } = await serveCheckout();
      const run = await beginRun(here);
      run.log(1, 100);
      run.progress(30, 120);
      const { page } = await open(server.url, {
        viewport: { width, height: 844 },
        colorScheme,
        // For axe, which comes as a script.
        bypassCSP: true,
      });
      for (
        const url of [server.url, server.urlOf(done), server.urlOf(run.id)]
      ) {
        if (page.url() !== url) await page.goto(url);
        await page.getByRole("status").getByText("Live").waitFor();
        const faults = await axeFaults(page);
        expect([url, faults]).toEqual([url, []]);
        const wider = await page.evaluate(
          "document.documentElement.scrollWidth - innerWidth",
        );
        expect(wider).toBeLessThanOrEqual(0);
      }
      await page.context().close();
      await run.end();
    },
  );
});
