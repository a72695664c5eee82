import { expect, test } from "vitest";
import { gatherData } from "../../core/report/gather_data.ts";
import { renderHtml } from "../../core/report/html.ts";
import { mlp } from "../../plugins/networks/mod.ts";
import { resolved } from "../vae/parts.ts";
import { page, plainPage } from "./_page.ts";
import { fakeResult } from "./fake_result.ts";

test("renderHtml() shows every run with its numbers and pictures", async () => {
  const html = await plainPage();
  for (const label of ["Gaussian(0,1)", "Gaussian(1,2)", "Beta(1,1)"]) {
    expect(html).toContain(`64 images generated under ${label}`);
    expect(html).toContain(`20 test images with reconstructions by ${label}`);
  }
  expect(html.match(/<img src="data:image\/png;base64,/g)).toHaveLength(8);
  // Three curves, two of times and priors, and the differences of three figures.
  expect(html.match(/<svg[^>]* role="img"/g)).toHaveLength(8);
  expect(html).toContain("<strong>−99.12</strong>");
  expect(html).toContain("K = 500 importance samples on 1,000 of them");
  expect(html).not.toMatch(/undefined|NaN|\[object/);
});

test("renderHtml() loads nothing, and runs nothing where nothing was explored", async () => {
  const html = await page({ synthetic: true });
  expect(html).not.toMatch(/https?:/);
  expect(html).not.toMatch(/<script|@import|url\(/);
  const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)];
  expect(addresses.length).toBeGreaterThan(8);
  for (const [, address] of addresses) expect(address).toMatch(/^(data:|#)/);
});

test("renderHtml() names each anchor that it links to, and no id twice", async () => {
  const html = await plainPage();
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, id] of html.matchAll(/href="#([^"]*)"/g)) {
    expect(ids).toContain(id);
  }
});

test("renderHtml() escapes whatever a plugin or a stage says", async () => {
  const html = await page({
    labels: ["<img onerror=x>", `"B&"`],
    warnings: ["<b>careful</b>"],
    failing: 1,
  });
  expect(html).not.toContain("<img onerror");
  expect(html).toContain("&lt;img onerror=x&gt;");
  expect(html).toContain("&lt;b&gt;careful&lt;/b&gt;");
  expect(html).not.toContain("<script>");
  expect(html).toContain("Loss is NaN at step 12 &lt;script&gt;");
});

test("renderHtml() is loud about synthetic digits and grey pixels, only then", async () => {
  expect(await plainPage()).not.toMatch(/SYNTHETIC|GREY PIXELS|class="notice/);
  const loud = await page({ synthetic: true, binarization: "grey" });
  expect(loud).toMatch(/notice alarm"[^>]*><strong>SYNTHETIC DIGITS/);
  expect(loud).toMatch(/notice alarm"[^>]*><strong>GREY PIXELS/);
  expect(loud).toContain("on synthetic digits</h1>");
});

test("renderHtml() says which preset and engine ran and what is missing", async () => {
  const html = await page({
    preset: "quick",
    fallbackReason: "No compiler was found",
    withoutDensities: 3,
    warnings: ["Slow disk"],
  });
  expect(html).toContain("Preset &quot;quick&quot;");
  expect(html).toContain("No compiler was found");
  expect(html).toContain("Missing for Gamma(3,2)");
  expect(html).toContain("Slow disk");
});

test("renderHtml() shows the runs that worked where one failed", async () => {
  const html = await page({ failing: 0 });
  expect(html).toContain("No samples: train Gaussian(0,1): Loss is NaN");
  expect(html.match(/<img src="data:/g)).toHaveLength(6);
});

test("renderHtml() has no path of the machine that it was made on", async () => {
  const html = await page({
    warnings: [
      "/project/digits/test.gz is odd",
      'Cannot read "/home/Jane Doe/a.ts"',
    ],
    fallbackReason: "no compiler in /opt/tools/bin",
    options: { file: "/data/sets/one.txt" },
  });
  expect(html).toContain("digits/test.gz is odd");
  expect(html).toContain("Cannot read &quot;a.ts&quot;");
  expect(html).toContain("no compiler in bin");
  expect(html).toContain("<td>one.txt</td>");
  expect(html).not.toMatch(/\/(?:project|home|opt|data)\//);
});

test("renderHtml() gives the same text for the same result", async () => {
  expect(await page()).toBe(await plainPage());
});

test("renderHtml() says what models are made of where it is not the usual", async () => {
  const { result, store } = fakeResult({ outputDirectory: "/outputs" });
  const data = await gatherData(result, store);
  const withNetworks = (...networks: ReturnType<typeof mlp>[]) => {
    const { config } = data.plan;
    const axes = config.axes.map((one) =>
      one.axis.name === "network"
        ? { ...one, values: networks.map(resolved) }
        : one
    );
    const plan = { ...data.plan, config: { ...config, axes } };
    return renderHtml({ ...data, plan });
  };
  expect(await plainPage()).toContain(" trials · latent dimension 20 ·");
  expect(await withNetworks(mlp({ hidden: [8] })))
    .toContain(" trials · network MLP(8) · latent dimension 20 ·");
  expect(await withNetworks(mlp(), mlp({ hidden: [8] })))
    .toContain(" trials · networks MLP(400), MLP(8) · latent dimension 20 ·");
});
