import { beforeAll, describe, expect, it } from "vitest";
import { csv, resultsTable } from "../../core/convert/csv.ts";
import type { ConvertedTrial, OutputFile } from "../../core/convert/format.ts";
import { npy } from "../../core/convert/npy.ts";
import { safetensors } from "../../core/convert/safetensors.ts";
import { tensorboard } from "../../core/convert/tensorboard/format.ts";
import { type Prior, tf } from "../../core/mod.ts";
import { UNMEASURED } from "../../core/vae/figures.ts";
import { decodeSafetensors } from "../../core/store/decode_safetensors.ts";
import { vonMisesFisher } from "../../plugins/mod.ts";
import { useBackend } from "../engine/backends.ts";
import { smallRun } from "./small_run.ts";

let trial: ConvertedTrial;

beforeAll(async () => {
  await useBackend("cpu");
  trial = await smallRun();
});

const note = (note: string) => expect.fail(note);

function headerOf({ data }: OutputFile): string {
  return Buffer.from(data as Uint8Array).toString("latin1").split("\n")[0]!;
}

describe("formats", () => {
  it("tell metrics as a table, a line an epoch", async () => {
    const [{ path, data }] = await csv.files(trial, note) as [OutputFile];
    const lines = String(data).trim().split("\n");
    expect(path).toBe("metrics.csv");
    expect(lines[0]).toBe(
      "epoch,step,loss,reconstruction,kl,learningRate,klWeight",
    );
    expect(lines).toHaveLength(5);
    const { epoch, step, loss } = trial.training.epochs[3]!;
    expect(lines[4]).toMatch(new RegExp(`^${epoch},${step},${loss},`));
  });

  it("tell results as a table, a line a run", () => {
    const bare = { ...trial, measured: UNMEASURED };
    const [header, first, second] = resultsTable([trial, bare]).trim()
      .split("\n").map((line) => line.split(","));
    const column = header!.indexOf("elbo");
    // The label has a comma of its own.
    expect(Number(first![column + 1]))
      .toBe(trial.measured.evaluation!.elbo.mean);
    expect(second!.slice(column + 1).join("")).toBe("");
  });

  it("give arrays their shapes", async () => {
    const files = await npy.files(trial, note);
    const shapes = Object.fromEntries(
      files.map((file) => [file.path, /\((.*)\)/.exec(headerOf(file))![1]]),
    );
    expect(shapes).toEqual({
      "samples.npy": "6, 4, 4",
      "originals.npy": "4, 4, 4",
      "reconstructions.npy": "4, 4, 4",
      "latents.npy": "6, 3",
      "posterior_means.npy": "50, 3",
      "labels.npy": "50,",
    });
  });

  it("give what there is of a run without samples and data", async () => {
    const bare = {
      ...trial,
      samples: null,
      measured: UNMEASURED,
      test: null,
    };
    expect(await npy.files(bare, note)).toEqual([]);
    expect(await tensorboard.files(bare, note)).toHaveLength(1);
  });

  it("give posterior means of a latent wider than its dimension", async () => {
    const files = await npy.files(await smallRun(vonMisesFisher()), note);
    const means = files.find(({ path }) => path === "posterior_means.npy")!;
    expect(headerOf(means)).toContain("(50, 4)");
  });

  it("give no means that are no numbers", () => {
    const { model } = trial;
    const posteriorMean: Prior["posteriorMean"] = (posterior) =>
      tf.mul(model.prior.posteriorMean(posterior), NaN);
    const prior = { ...model.prior, posteriorMean };
    expect(() => npy.files({ ...trial, model: { ...model, prior } }, note))
      .toThrow(
        /^Cannot run convert of Gaussian.*: prior "gaussian": .* values of posteriorMean hold NaN, want finite numbers; 150 of 150 are not finite$/,
      );
  });

  it("give weights their plain names", async () => {
    const [{ data }] = await safetensors.files(trial, note) as [OutputFile];
    const read = decodeSafetensors(data as Uint8Array);
    expect([...read.keys()].sort()).toEqual(Object.keys(trial.weights).sort());
    expect(read.get("encoder/0/kernel"))
      .toEqual(trial.weights["encoder/0/kernel"]);
  });

  it("give the same bytes twice", async () => {
    for (const format of [csv, npy, safetensors, tensorboard]) {
      expect(await format.files(trial, note))
        .toEqual(await format.files(trial, note));
    }
  });
});
