import { expect, test } from "vitest";
import { gatherData } from "../../core/report/gather_data.ts";
import { renderHtml } from "../../core/report/html.ts";
import { createHash } from "node:crypto";
import { fakeExploration } from "./fake_exploration.ts";
import type { FakeOptions } from "./fake_artifacts.ts";
import { fakeResult } from "./fake_result.ts";
import { mlp } from "../../plugins/networks/mod.ts";
import { resolved } from "../vae/parts.ts";

// Drawing loads libraries that take long on a busy machine.
async function page(
  options: Omit<FakeOptions, "outputDirectory"> = {},
): Promise<string> {
  const fake = fakeResult({ outputDirectory: "/outputs", ...options });
  return await renderHtml(await gatherData(fake.result, fake.store));
}

let plain: Promise<string> | undefined;

/** The page of a result like any other, drawn once. */
function plainPage(): Promise<string> {
  return plain ??= page();
}

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

test("renderHtml() says whose KL is an estimate, if any is", async () => {
  expect(await plainPage()).not.toContain("no closed form");
  expect(await page({ estimating: 2 }))
    .toContain("The KL of Beta(1,1) has no closed form");
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

test("renderHtml() keeps figures of different kinds in different tables", async () => {
  const fake = fakeResult({ outputDirectory: "/outputs" });
  const data = await gatherData(fake.result, fake.store);
  const trials = data.trials.map((trial, index) => ({
    ...trial,
    conditions: { binarization: index === 0 ? "threshold" : "dynamic" },
  }));
  const html = await renderHtml({ ...data, trials });
  expect(html.match(/aria-label="Table of results"/g)).toHaveLength(2);
});

test("renderHtml() shows grey levels in bits, and says what a density is", async () => {
  const html = await page({ pixels: ["unit", "bytes", "bytes"] });
  expect(html.match(/aria-label="Table of results"/g)).toHaveLength(3);
  // The figures, and their differences.
  expect(html.match(/<th scope="col">Bits per dimension(?!,)/g)).toHaveLength(
    2,
  );
  expect(html).toContain("logarithms of a density");
  expect(html).toContain("<h3>Of 256 grey levels</h3>");
  expect(new Set(html.match(/curves(-\d)?-elbo/g)).size).toBe(3);
  expect(html).not.toContain("NOT A LIKELIHOOD");
  expect(await page()).not.toContain("Bits per dimension");
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

test("renderHtml() shows the NLL by samples, and means over seeds", async () => {
  const html = await page({ labels: ["A", "A", "B"], seeds: [0, 1, 0] });
  expect(html).toContain('<th scope="col">K = 1</th>');
  expect(html).toContain("Error by draws");
  const [, over] = html.split('aria-label="Table of means over seeds"');
  // ELBO -99.12 and -99.61.
  expect(over).toContain(
    '<strong>−99.37</strong><span class="hidden"> (best)</span> <span class="error">± 0.35</span>',
  );
  expect(await plainPage()).not.toContain("Table of means over seeds");
});

test("renderHtml() shows how far each is from the best, in words and in a picture", async () => {
  const html = await plainPage();
  const [, differences] = html.split(
    'aria-label="Results: differences from the best"',
  );
  const [table, after] = differences!.split("</table>");
  expect(table).toContain("<td>the best</td>");
  expect(table).toContain(
    '<td class="leading">−0.49 [−1.16, 0.18]<span class="hidden"> (not told apart from the best)</span></td>',
  );
  expect(table).toContain("<td>−5.81 [−6.71, −4.91]</td>");
  expect(after).toContain("training luck is not in the intervals");
  expect(after).toContain(
    "Gaussian(0,1) is the best. Gaussian(1,2): -0.49 [-1.16, 0.18]; ",
  );
  const alone = await page({ labels: ["A"] });
  expect(alone).not.toContain("differences from the best");
});

test("renderHtml() shows latents and samples in figures", async () => {
  const html = await page({ metrics: true });
  const table = (label: string) =>
    html.split(`aria-label="${label}"`)[1]!.split("</table>")[0]!;
  const latents = table("Table of latent spaces");
  expect(latents).toContain("<td>18</td>");
  expect(latents).toContain(
    '<td class="best"><strong>95.12</strong><span class="hidden"> (best)</span> <span class="error">± 0.22</span></td>',
  );
  expect(latents).toContain("<strong>0.271</strong>");
  expect(latents).toContain("2.25, 1.13, 0.50 … of 4");
  expect(latents).toContain("no such parts");
  const samples = table("Table of samples");
  // Nothing tells how far one distance may be off: no best is marked.
  expect(samples).toContain("<td>12.34</td>");
  expect(samples).toContain("names 97.89 % of the test images rightly");
  expect(html).not.toContain(">FID<");
  expect(html).toContain(
    "20 images generated under Beta(1,1) with the nearest training images below them",
  );
  expect(html).not.toMatch(/undefined|NaN|\[object/);
  expect(await plainPage()).not.toContain("Table of samples");
});

test("renderHtml() shows what was explored, from all sides", async () => {
  const html = await page({
    explored: (run) => fakeExploration({ seed: run, dependent: run === 1 }),
  });
  for (
    const title of [
      "The same draws under each prior",
      "Latent explorer",
      "Latent traversals",
      "Interpolations",
      "Posteriors and prior",
      "Posterior means by label",
    ]
  ) expect(html).toContain(`>${title}</h`);
  expect(html).not.toContain("The whole latent space");
  expect(html).toContain("rank correlation up to 0.43");
  expect(html).toContain("The axes of Gaussian(1,2) depend on each other");
  expect(html).toContain("PCA: the plane has 50 % of the variance");
  expect(html.match(/<canvas /g)).toHaveLength(4);
  expect(html.match(/<input type="range"/g)).toHaveLength(3);
  // Base64 may spell anything.
  const text = html.replaceAll(/[A-Za-z0-9+/=]{50,}/g, "");
  expect(text).not.toMatch(/undefined|NaN|\[object/);
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("renderHtml() lets the explorer's script run, and no other", async () => {
  const html = await page({ explored: (seed) => fakeExploration({ seed }) });
  const [, policy] = html.match(/Content-Security-Policy" content="([^"]*)"/)!;
  const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/g)];
  expect(scripts).toHaveLength(1);
  const digest = createHash("sha256").update(scripts[0]![1]!).digest("base64");
  expect(policy).toContain(`script-src &#39;sha256-${digest}&#39;`);
  expect(html).not.toMatch(/https?:|@import|url\(| on[a-z]+="/);
});

test("renderHtml() shows all of a latent space of two dimensions", async () => {
  const html = await page({ explored: () => fakeExploration({ axes: 2 }) });
  expect(html).toContain(">The whole latent space</h2>");
  expect(html).toContain("The latent space itself");
});

test("renderHtml() says of a decoder that the page cannot compute that its pictures show it", async () => {
  const some = await page({
    explored: (seed) => ({
      ...fakeExploration({ seed }),
      ...(seed === 1 ? { decoder: null } : {}),
    }),
  });
  expect(some.match(/<canvas /g)).toHaveLength(3);
  expect(some).toContain("is of another kind: the pictures further down show");
  const none = await page({
    explored: (seed) => ({ ...fakeExploration({ seed }), decoder: null }),
  });
  expect(none).toContain(">Latent explorer</h2>");
  expect(none).toContain("are of another kind");
  expect(none).not.toContain("<canvas ");
  expect(none).not.toContain('id="explorer-data"');
});

test("renderHtml() takes no more decoders into the page than fit", async () => {
  const html = await page({
    explored: (seed) => fakeExploration({ seed, hidden: 1500 }),
  });
  expect(html.match(/<canvas /g)).toHaveLength(2);
  expect(html).toContain("2 trials would not fit in the page");
  expect(html.length).toBeLessThan(10e6);
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
