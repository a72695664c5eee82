import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenRunOptions } from "../../core/mod.ts";
import { nativeMissing } from "../engine/backends.ts";
import { outputOf, runCli } from "../processes/child.ts";
import type { Answers } from "./_ask_models.ts";

const CONFIG = {
  priors: ["beta", "./my_prior.ts"],
  networks: ["conv", { widths: [2] }],
  likelihoods: ["bernoulli", "discretized_logistic"],
  latentDim: 3,
  seed: 7,
  engine: "wasm",
  load_mnist: { source: "synthetic", trainLimit: 60, testLimit: 20 },
  train: { epochs: 1, batchSize: 20 },
  sample: { generated: 9, reconstructed: 5 },
  evaluate: { nllImages: 10, nllSamples: 30 },
  without: ["explore", "classifier", "latent_metrics", "sample_metrics"],
};
const SCRIPTS = {
  ask: new URL("./_ask_models.ts", import.meta.url),
  open: new URL("./_open_model.ts", import.meta.url),
  refused: new URL("./_refused.ts", import.meta.url),
};
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
let folder: string;
let run: string;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "vae-priors-script-")));
  await writeFile(join(folder, "pipeline.config.json"), JSON.stringify(CONFIG));
  const template = join(ROOT, "plugins/_template/prior/my_prior.ts");
  await writeFile(join(folder, "my_prior.ts"), await readFile(template));
  expect(await runCli(["run"], { cwd: folder })).toMatchObject({ code: 0 });
  run = realpathSync(join(folder, "outputs/latest"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the models of a run say. */
async function ask(
  path: string,
  options: OpenRunOptions = {},
): Promise<Answers> {
  const words = [path, JSON.stringify(options)];
  return JSON.parse(
    await outputOf(command(SCRIPTS.ask, words), {
      cwd: folder,
    }),
  );
}

function command(script: URL, words: readonly string[]): readonly string[] {
  const loader = import.meta.resolve("tsx");
  return [
    process.execPath,
    "--import",
    loader,
    fileURLToPath(script),
    ...words,
  ];
}

describe("the models of a run", () => {
  it("give its pictures and its likelihoods again", async () => {
    const { id, names, trials } = await ask("outputs/latest");
    expect(join(folder, "outputs/runs", id)).toBe(run);
    expect(names).toHaveLength(4);
    for (const [label, answer] of Object.entries(trials)) {
      expect(answer.engine).toBe("wasm");
      expect(answer.sizes).toEqual({
        image: { height: 28, width: 28, channels: 1 },
        latentDim: 3,
        latentWidth: 3,
        head: label.startsWith("Beta")
          ? { alpha: 3, beta: 3 }
          : { location: 3, scale: 3 },
        pixels: label.includes("Bernoulli") ? "binary" : "bytes",
      });
      expect(answer.parameters).toEqual(answer.sizes["head"]);
      expect(answer.otherSeed).toBeGreaterThan(0.1);
      const { latents, generated, reconstructions, bytes, byHand } = answer;
      const { alone, last, nll, figure } = answer;
      expect({ latents, nll }).toEqual({
        latents: 0,
        nll: expect.closeTo(figure.value, 9),
      });
      const close = [generated, reconstructions, bytes, byHand, alone, last];
      for (const one of close) expect(one).toBeLessThan(2e-6);
    }
  });

  it("are the same on another engine, but for their draws", async () => {
    const engine = nativeMissing() ? "cpu" : "native";
    const { trials } = await ask(join(run, "summary.json"), { engine });
    for (const answer of Object.values(trials)) {
      expect(answer.engine).toBe(engine);
      const { reconstructions, bytes, byHand, alone, last } = answer;
      for (const one of [reconstructions, bytes, byHand, alone, last]) {
        expect(one).toBeLessThan(1e-5);
      }
      const { nll, figure: { value, error } } = answer;
      expect(Math.abs(nll - value)).toBeLessThan(error!);
    }
  });
});

describe("a script is told", () => {
  it("what is wrong with what it gives", async () => {
    const words = ["outputs/latest/record.json"];
    const told = await outputOf(command(SCRIPTS.refused, words), {
      cwd: folder,
    });
    expect(JSON.parse(told)).toEqual([
      'Cannot open the run "outputs/latests": "FOLDER/outputs/latests" is not there',
      'Cannot open the run "outputs": it is a folder of outputs, which may hold many',
      'Cannot open the run "my_prior.ts": it lies in no "runs" of a folder of outputs',
      'Cannot open a run: found weights "bets", want one of "last", "best"',
      'Cannot find trial "Bta(1,1)": run "RUN" has "Beta(1,1) Bernoulli", "Beta(1,1) Discretized logistic", "MyPrior(0,1) Bernoulli", "MyPrior(0,1) Discretized logistic"',
      "Cannot encode images: found 1,000 numbers, want a multiple of 784: images of 28 x 28 x 1, row by row",
      "Cannot reconstruct images: found 0 numbers, want a multiple of 784: images of 28 x 28 x 1, row by row",
      "Cannot encode images: found [0.5], want a Float32Array of numbers in [0, 1] or a Uint8Array of 0 to 255",
      "Cannot encode images: found 255 at place 3 of image 1, want numbers in [0, 1]",
      "Cannot decode latent vectors: found 4 numbers, want a multiple of 3: latent vectors of 3 numbers, row by row",
      "Cannot decode latent vectors: found NaN at place 1 of vector 1, want finite numbers",
      "Cannot sample images: found the number 0, want a whole number of at least 1",
      "Cannot sample images: found the seed 0.5, want a whole number of at least 0",
      "Cannot estimate likelihoods: found the number of samples 0, want a whole number of at least 1",
      "Cannot sample images: the model of Beta(1,1) Bernoulli is disposed of",
      "waited for",
      "Cannot sample images: the model of Beta(1,1) Bernoulli is disposed of",
      "Cannot open the model of Beta(1,1) Bernoulli: the run is disposed of",
    ].map((line) =>
      line.replace("FOLDER", folder).replace("RUN", run.split("/").at(-1)!)
    ));
  });

  it("that a prior has changed since, is another one, or is gone", async () => {
    const copy = realpathSync(mkdtempSync(join(tmpdir(), "vae-priors-copy-")));
    try {
      cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
      const file = join(copy, "my_prior.ts");
      const label = "MyPrior(0,1) Bernoulli";
      const open = async (options: OpenRunOptions) => {
        const path = join(copy, "outputs/latest");
        const words = [path, label, JSON.stringify(options)];
        return await outputOf(command(SCRIPTS.open, words));
      };
      const action = `Cannot open the model of ${label}`;
      await appendFile(file, "\nexport const more = 1;\n");
      expect(await open({})).toContain(
        `${action}: of its prior "./my_prior.ts", it is not what was recorded`,
      );
      expect(await open({ trust: true })).toBe("6 numbers\n");
      const text = await readFile(file, "utf8");
      const wider = text.replace("units: latentDim", "units: 2 * latentDim");
      expect(wider).not.toBe(text);
      await writeFile(file, wider);
      expect(await open({ trust: true })).toMatch(
        /: its weight "head\/kernel" is of shape \[\d+, 6\], want of shape \[\d+, 9\]/,
      );
      rmSync(file);
      expect(await open({ trust: true })).toBe(
        `${action}: its prior is not there, "${file}"\n`,
      );
      rmSync(join(copy, "outputs/store"), { recursive: true });
      expect(await open({})).toContain("its training is not in the store");
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
});

it("the README's lines make a picture of a run", async () => {
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  const [, code = ""] = /```ts\n([^`]*imagesPng\([^`]*)```/.exec(readme) ?? [];
  const lines = code.split("\n\n").at(-1)!.trim().split("\n");
  expect(lines.length).toBeLessThanOrEqual(5);
  // As the page says of a checkout; an installed package goes by its name.
  const script = code.replace("Gamma(3,2)", "Beta(1,1) Bernoulli");
  await writeFile(
    join(folder, "picture.mts"),
    script.replace('"vae-priors"', JSON.stringify(join(ROOT, "core/mod.ts"))),
  );
  const loader = import.meta.resolve("tsx");
  await outputOf([process.execPath, "--import", loader, "picture.mts"], {
    cwd: folder,
  });
  const picture = await readFile(join(folder, "samples.png"));
  expect(picture.subarray(1, 4).toString()).toBe("PNG");
});
