import { expect, test } from "vitest";
import { gatherData } from "../../core/report/gather_data.ts";
import { renderHtml } from "../../core/report/html.ts";
import { page, plainPage } from "./_page.ts";
import { fakeResult } from "./fake_result.ts";

test("renderHtml() says whose KL is an estimate, if any is", async () => {
  expect(await plainPage()).not.toContain("no closed form");
  expect(await page({ estimating: 2 }))
    .toContain("The KL of Beta(1,1) has no closed form");
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
