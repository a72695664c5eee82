import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { formats } from "../../core/convert/mod.ts";
import type { ConvertedTrial } from "../../core/convert/format.ts";
import { vonMises } from "../../plugins/mod.ts";
import { nativeMissing, useBackend } from "../engine/backends.ts";
import { outputOf } from "../processes/child.ts";
import { smallRun } from "./small_run.ts";

/** Another Python than `python3`: one with the clients. */
const python = process.env["VAE_PRIORS_TEST_PYTHON"] ?? "python3";

function clientsMissing(): string | null {
  if (nativeMissing()) return "the native engine is not built";
  try {
    const modules = "numpy, safetensors, tensorboard, tensorflow";
    execFileSync(python, ["-c", `import ${modules}`], { stdio: "ignore" });
    return null;
  } catch {
    return `${python} lacks NumPy, safetensors, TensorBoard or TensorFlow (VAE_PRIORS_TEST_PYTHON names another one)`;
  }
}

const missing = clientsMissing();
const title = missing === null
  ? "the real clients"
  : `the real clients SKIPPED: ${missing}`;

describe.skipIf(missing !== null)(title, () => {
  let trial: ConvertedTrial;
  let told: Told;

  beforeAll(async () => {
    await useBackend("native");
    trial = await smallRun(vonMises());
    told = await ask(trial);
  });

  it("NumPy and safetensors read the arrays", () => {
    const { samples, weights } = trial;
    expect(told.arrays["samples"]).toEqual(["float32", [6, 4, 4]]);
    expect(told.arrays["labels"]).toEqual(["uint8", [50]]);
    const sum = samples!.generated.pixels.reduce((a, b) => a + b, 0);
    expect(told.sums["samples"]).toBeCloseTo(sum, 6);
    expect(told.weights).toEqual(
      Object.fromEntries(
        Object.entries(weights).map(([name, { shape }]) => [name, shape]),
      ),
    );
  });

  it("TensorBoard shows losses, pictures, weights and options", () => {
    const { scalars, images, histograms, hparams } = told.board;
    expect(scalars["train/loss"]).toEqual(
      trial.training.epochs.map(({ step, loss }) => [step, Math.fround(loss)]),
    );
    expect(scalars["test/elbo"])
      .toEqual([[40, Math.fround(trial.measured.evaluation!.elbo.mean)]]);
    expect(Object.keys(images).sort()).toEqual(["reconstructions", "samples"]);
    expect(histograms["weights/head/bias"]).toEqual([[
      [30, 3],
      trial.weights["head/bias"]!.data.length,
    ]]);
    expect(hparams).toMatchObject({ prior: "von_mises", "train.epochs": 4 });
  });

  it("TensorFlow draws the same images from the same latents", () => {
    const { saved_models: models } = told;
    expect(models.parameters)
      .toEqual(
        ["posterior_mean", ...Object.keys(trial.model.prior.head)].sort(),
      );
    expect(models.samples).toBeLessThan(1e-6);
    expect(models.reconstructions).toBeLessThan(1e-6);
    expect(models.posterior_means).toBeLessThan(1e-6);
    expect(models.one).toBeLessThan(1e-6);
  });
});

type Points = Readonly<Record<string, readonly unknown[]>>;

/** What clients.py prints. */
interface Told {
  readonly arrays: Points;
  readonly sums: Readonly<Record<string, number>>;
  readonly weights: Points;
  readonly board: {
    readonly scalars: Points;
    readonly images: Points;
    readonly histograms: Points;
    readonly hparams: Readonly<Record<string, unknown>>;
  };
  readonly saved_models: {
    readonly parameters: readonly string[];
    readonly samples: number;
    readonly reconstructions: number;
    readonly posterior_means: number;
    readonly one: number;
  };
}

async function ask(trial: ConvertedTrial): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), "vae-convert-"));
  try {
    for (const format of formats) {
      const files = await format.files(trial, (note) => expect.fail(note));
      for (const { path, data } of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), data);
      }
    }
    const script = fileURLToPath(new URL("./clients.py", import.meta.url));
    return JSON.parse(await outputOf([python, script, folder]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
