import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Tensor2D, tf } from "../../core/engine/tf.ts";
import { fromAxes } from "../../core/vae/latent/axes.ts";
import type { Exploration } from "../../core/vae/latent/exploration.ts";
import { quantile } from "../../core/vae/latent/quantiles.ts";
import { gatherData } from "../../core/report/gather_data.ts";
import { renderHtml } from "../../core/report/html.ts";
import { useBackend } from "../engine/backends.ts";
import { axeFaults, CHROMIUM, openPage, startChromium } from "../chromium.ts";
import { fakeExploration } from "./fake_exploration.ts";
import { fakeResult } from "./fake_result.ts";
import { mlpMeans } from "../vae/parts.ts";

const AXES = 14;
const explored = (seed: number) => fakeExploration({ seed, axes: AXES });

describe.skipIf(CHROMIUM === null)("the page in a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "vae-priors-page-"));
  let browser: Browser;

  beforeAll(async () => {
    await useBackend("cpu");
    const { result, store } = fakeResult({
      outputDirectory: folder,
      explored,
      synthetic: true,
      metrics: true,
      withoutDensities: 2,
      warnings: ["Slow disk"],
    });
    const html = await renderHtml(await gatherData(result, store));
    writeFileSync(join(folder, "report.html"), html);
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens the page; whatever it complains of or asks the network for is kept. */
  async function open(options: BrowserContextOptions = {}) {
    const url = pathToFileURL(join(folder, "report.html")).href;
    const isOwn = ({ protocol }: URL) => /^(file|data):/.test(protocol);
    return await openPage(browser, url, { ...options, isOwn });
  }

  test("loads without a complaint, and shows the explorer", async () => {
    const { page, complaints } = await open();
    expect(await page.locator(".explorer").isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    const empty = await page.evaluate(
      "[...document.images].filter((image) => image.naturalWidth === 0).length",
    );
    expect(empty).toBe(0);
    await page.context().close();
  });

  test("decodes what the engine does, for every prior, wherever the sliders are", async () => {
    const { page, complaints } = await open();
    const press = (name: string) => page.getByRole("button", { name }).click();
    const before = await pictures(page);
    await expectDecoded(page);
    await press("Median");
    expect(await pictures(page)).not.toEqual(before);
    expect(await levels(page)).toEqual(Array(AXES).fill(0.5));
    await expectDecoded(page);
    await press("Random");
    expect(new Set(await levels(page)).size).toBeGreaterThan(5);
    await expectDecoded(page);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("is driven by the keyboard, and tells where each prior is", async () => {
    const { page, complaints } = await open();
    await page.getByRole("button", { name: "Median" }).focus();
    await page.keyboard.press("Enter");
    const still = await pictures(page);
    const slider = page.getByRole("slider", {
      name: "Axis of rank 2",
      exact: false,
    })
      .first();
    await slider.focus();
    for (let i = 0; i < 40; i++) await page.keyboard.press("ArrowRight");
    expect((await levels(page))[1]).toBeCloseTo(0.7, 6);
    expect(await slider.getAttribute("aria-valuetext")).toBe("70 % quantile");
    const moved = await pictures(page);
    moved.forEach((picture, i) => expect(picture).not.toEqual(still[i]));
    await expectDecoded(page);
    const status = await page.getByRole("status").textContent();
    const exploration = explored(0);
    const axis = exploration.order[1]!;
    const value = quantile(exploration.quantiles, axis, 0.7).toFixed(2);
    expect(status).toContain("Slider 2: Gaussian(0,1) z₁₃ = ");
    expect(status).toContain(value.replace("-", "−"));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("walks through latent space until it is stopped", async () => {
    const { page, complaints } = await open();
    const button = page.getByRole("button", { name: "Animate" });
    const start = await levels(page);
    await button.click();
    expect(await button.getAttribute("aria-pressed")).toBe("true");
    await expect.poll(() => levels(page))
      .not.toEqual(start);
    await button.click();
    expect(await button.getAttribute("aria-pressed")).toBe("false");
    const stopped = await pictures(page);
    expect(await levels(page)).not.toEqual(start);
    // Two frames later it is still there.
    await page.evaluate(
      "new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))",
    );
    expect(await pictures(page)).toEqual(stopped);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("does without JavaScript, but for the explorer", async () => {
    const { page } = await open({ javaScriptEnabled: false });
    expect(await page.locator(".explorer").isVisible()).toBe(false);
    expect(await page.locator("noscript").isVisible()).toBe(true);
    expect(await page.getByText("SYNTHETIC DIGITS, NOT").isVisible()).toBe(
      true,
    );
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
      const { page } = await open({
        viewport: { width, height: 844 },
        colorScheme,
        // For axe, which comes as a script.
        bypassCSP: true,
      });
      const faults = await axeFaults(page);
      expect(faults).toEqual([]);
      const wider = await page.evaluate(
        "document.documentElement.scrollWidth - innerWidth",
      );
      expect(wider).toBeLessThanOrEqual(0);
      await page.context().close();
    },
  );
});

/** Grey levels of each canvas, 0 to 255. */
async function pictures(page: Page): Promise<number[][]> {
  return await page.evaluate(
    `[...document.querySelectorAll("canvas")].map((canvas) => {
      const { width, height } = canvas;
      const copy = new OffscreenCanvas(width, height)
        .getContext("2d", { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, width, height);
      return [...data].filter((_, i) => i % 4 === 0);
    })`,
  );
}

/** The level of each slider. */
async function levels(page: Page): Promise<number[]> {
  return await page.evaluate(
    `[...document.querySelectorAll("input[type=range]")].map(({ value }) => Number(value))`,
  );
}

async function expectDecoded(page: Page): Promise<void> {
  const found = await pictures(page);
  const at = await levels(page);
  expect(found).toHaveLength(4);
  found.forEach((picture, run) => {
    const wanted = decoded(explored(run), at);
    picture.forEach((level, i) => {
      // Half a level from rounding, and what 16 bits of weights may add.
      expect(Math.abs(level - 255 * wanted[i]!)).toBeLessThan(0.6);
    });
  });
}

/** What the engine's decoder gives. */
function decoded(
  { quantiles, order, decoder }: Exploration,
  levels: readonly number[],
): Float32Array {
  const axes = new Float64Array(order.length);
  order.forEach((axis, rank) => {
    axes[axis] = quantile(quantiles, axis, levels[rank]!);
  });
  return tf.tidy(() => {
    const latent = tf.tensor2d([[...fromAxes(quantiles.geometry, axes)]]);
    return mlpMeans(decoder!, latent as Tensor2D).dataSync() as Float32Array;
  });
}
