/** Images of red, green and blue, from the arrays to pictures, report, script and exports. */

import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import { expect, onTestFinished, test } from "vitest";
import { imagesPng } from "../core/mod.ts";
import { runCommand } from "./processes/command.ts";

const CONFIG = `import { definePipeline, fromArrays } from "vae-priors";

const [count, side] = [70, 4];
const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
// Red or blue.
const images = new Uint8Array(count * side * side * 3).map((_, i) =>
  i % 3 === 2 * labels[Math.floor(i / (side * side * 3))]! ? 255 : 0
);

export default definePipeline({
  priors: ["gaussian"],
  networks: ["mlp", { hidden: [16] }],
  latentDim: 2,
  engine: "cpu",
  outputs: "outputs",
  dataset: fromArrays({ images, labels, channels: 3, name: "squares" }),
  train: { epochs: 30, batchSize: 10, learningRate: 0.01 },
  sample: { generated: 4, reconstructed: 2 },
  classifier: { hidden: [4], epochs: 2 },
  sample_metrics: { samples: 20 },
  without: ["evaluate", "latent_metrics"],
});
`;

test("a model of colours is trained, drawn, explored and exported", async () => {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), "vae-priors-colours-")));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  await writeFile(join(cwd, "pipeline.config.ts"), CONFIG);
  const env = { VAE_PRIORS_CACHE: join(cwd, "cache") };
  const run = await runCommand(["run", "--quiet"], { cwd, env });
  expect(run).toMatchObject({ code: 0 });
  const converted = await runCommand(["convert", "--to", "npy"], { cwd, env });
  expect(converted).toMatchObject({ code: 0 });
  const folder = converted.stdout.trim().split("\n").at(-1)!;
  const array = await readFile(join(folder, "reconstructions.npy"));
  expect(array.toString("latin1")).toContain("'shape': (2, 4, 4, 3)");
  const values = new Float32Array(
    Uint8Array.from(array.subarray(-2 * 48 * 4)).buffer,
  );
  // The test images are one of each class: red and blue.
  const mean = (image: number, channel: number) =>
    values.filter((_, i) => Math.floor(i / 48) === image && i % 3 === channel)
      .reduce((sum, value) => sum + value / 16, 0);
  for (const [image, ink] of [[0, 0], [1, 2]] as const) {
    for (const channel of [0, 1, 2]) {
      expect(Math.round(mean(image, channel))).toBe(channel === ink ? 1 : 0);
    }
  }
  const html = await readFile(join(cwd, "outputs/latest/report.html"), "utf8");
  expect(html).toContain("4 × 4 pixels, 3 channels");
  // The decoder goes into the page: 48 numbers from 16.
  expect(html).toMatch(/id="explorer-data"[^>]*>\{"models":\[\{"label"/);
  const [, picture] = /src="data:image\/png;base64,([^"]+)"[^>]*generated under/
    .exec(html)!;
  const { data } = PNG.sync.read(Buffer.from(picture!, "base64"));
  const isGrey = (i: number) =>
    data[i] === data[i + 1] && data[i] === data[i + 2];
  expect(Array.from({ length: data.length / 4 }, (_, i) => isGrey(4 * i)))
    .toContain(false);
});

test("a grid of colours has them where they were, and other channels are refused", () => {
  const shape = { height: 1, width: 2, channels: 3 };
  const images = Float32Array.of(1, 0, 0.2, 0, 0.4, 1);
  const { data, width } = PNG.sync.read(
    Buffer.from(imagesPng(images, shape, { scale: 2 })),
  );
  const at = (
    x: number,
  ) => [...data.subarray(4 * (width + x), 4 * (width + x) + 3)];
  expect([at(1), at(2), at(3), at(4)]).toEqual([
    [255, 0, 51],
    [255, 0, 51],
    [0, 102, 255],
    [0, 102, 255],
  ]);
  expect(() => imagesPng(images, { ...shape, channels: 2 })).toThrow(
    "found images of 2 channels, want 1 (grey) or 3 (red, green and blue)",
  );
});
