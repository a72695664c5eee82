import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { page } from "./_page.ts";
import { fakeExploration } from "./fake_exploration.ts";

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
