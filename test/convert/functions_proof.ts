import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as TfjsNode from "@tensorflow/tfjs-node";
import { beforeAll, describe, expect, it } from "vitest";
import { anyBatchGraph } from "../../core/convert/functions/any_batch.ts";
import { parseAttribute } from "../../core/convert/functions/attributes.ts";
import { savedModel } from "../../core/convert/functions/saved_model.ts";
import { onnx } from "../../core/convert/onnx/format.ts";
import { tfjs } from "../../core/convert/functions/tfjs.ts";
import type { ConvertedTrial, OutputFile } from "../../core/convert/format.ts";
import { type Tensor, type Tensor2D, tf } from "../../core/engine/tf.ts";
import type { Posterior } from "../../core/mod.ts";
import {
  beta,
  gaussian,
  logisticNormal,
  vonMisesFisher,
} from "../../plugins/mod.ts";
import { conv, mlp } from "../../plugins/networks/mod.ts";
import { nativeMissing, useBackend } from "../engine/backends.ts";
import { smallRun } from "./small_run.ts";

describe("parseAttribute()", () => {
  it.each([
    ["type: 3", { type: 3 }],
    ["b: true", { b: true }],
    ["i: -1", { i: -1 }],
    ["f: 0.5", { f: 0.5 }],
    ['s: "SAME\\"s"', { s: Buffer.from('SAME"s') }],
    ["shape { dim { size: -1 } dim { size: 20 } }", {
      shape: { dim: [{ size: -1 }, { size: 20 }] },
    }],
    ["shape {  }", { shape: { dim: [] } }],
    ["list { i: 1 i: 2 }", { list: { i: [1, 2] } }],
    ["list {  }", { list: {} }],
  ])("reads %s", (text, message) => {
    expect(parseAttribute(text)).toEqual(message);
  });

  it("refuses what it does not know", () => {
    expect(() => parseAttribute("func { }"))
      .toThrow("Cannot read attribute func { }");
  });
});

const title = nativeMissing()
  ? "functions SKIPPED: the native engine is not built"
  : "functions";

describe.skipIf(nativeMissing())(title, () => {
  beforeAll(() => useBackend("native"));

  it.each([
    ["gaussian", gaussian()],
    ["beta", beta()],
    ["von Mises-Fisher", vonMisesFisher()],
  ])(
    "are graph models that give what the stages gave (%s)",
    async (_, prior) => {
      const trial = await smallRun(prior);
      const files = await tfjs.files(trial, (note) => expect.fail(note));
      const { generated, originals, reconstructions } = trial.samples!;
      const decoder = await load(files, "decoder");
      const encoder = await load(files, "encoder");
      const drawn = decoder.predict({
        latent: rowsOf(trial.samples!.latents, generated.count),
      }) as Record<string, Tensor>;
      expectClose(drawn["pixels"]!, generated.pixels);
      const posterior = encoder.predict({
        images: rowsOf(originals.pixels, originals.count),
      }) as Record<string, Tensor>;
      expect(Object.keys(posterior).sort())
        .toEqual(
          ["posterior_mean", ...Object.keys(trial.model.prior.head)].sort(),
        );
      const again = decoder.predict({
        latent: posterior["posterior_mean"]!,
      }) as Record<string, Tensor>;
      expectClose(again["pixels"]!, reconstructions.pixels);
    },
  );

  it.each([
    ["convolutions are transposed", gaussian(), conv({ widths: [3, 4] })],
    ["a choice is tiled", gaussian({ covariance: "full" }), mlp()],
    ["zeros lie beside a batch", logisticNormal(), mlp()],
  ])(
    "have a size of batches where %s, too, also for TensorFlow",
    async (_, prior, network) => {
      const trial = await smallRun(prior, { network });
      const { generated, originals, reconstructions, latents } = trial.samples!;
      const web = await tfjs.files(trial, (note) => expect.fail(note));
      const drawn = (await load(web, "decoder")).predict({
        latent: rowsOf(latents, generated.count),
      }) as Record<string, Tensor>;
      expectClose(drawn["pixels"]!, generated.pixels);
      const saved = await savedModel.files(trial, (note) => expect.fail(note));
      const posterior = await ask(saved, "encoder", {
        images: rowsOf(originals.pixels, originals.count),
      });
      const again = await ask(saved, "decoder", {
        latent: posterior["posterior_mean"]!,
      });
      expectClose(again["pixels"]!, reconstructions.pixels);
    },
  );

  it("say what is none for batches of any size, and give the rest", async () => {
    const trial = await smallRun(gaussian());
    const { prior } = trial.model;
    const counting = {
      ...prior,
      posteriorMean: ({ mean }: Posterior) =>
        tf.div(mean!, mean!.shape[0]) as Tensor2D,
    };
    const other = { ...trial, model: { ...trial.model, prior: counting } };
    for (const format of [savedModel, onnx]) {
      const notes: string[] = [];
      const files = await format.files(other, (note) => notes.push(note));
      expect(files.map(({ path }) => /decoder|encoder/.exec(path)?.[0]))
        .toEqual(["decoder"]);
      expect(notes).toEqual([
        "The encoder is another computation for another number of images",
      ]);
    }
  });

  it("refuse a size that is no side of a reshape", () => {
    const counting = {
      name: "count",
      spec: (rows: number) => ({
        variables: {},
        inputs: { x: { shape: [rows, 2], dtype: "float32" as const } },
        compute: (_: unknown, { x }: Readonly<Record<string, Tensor>>) => ({
          y: tf.mul(x!, rows) as Tensor2D,
        }),
      }),
    };
    expect(() => anyBatchGraph(counting)).toThrow(
      "The count is another computation for another number of images",
    );
  });
});

async function load(files: readonly OutputFile[], name: string) {
  const find = (file: string) =>
    files.find(({ path }) => path === `tfjs/${name}/${file}`)!.data;
  const model = JSON.parse(String(find("model.json")));
  return await tf.loadGraphModel(tf.io.fromMemory({
    modelTopology: model.modelTopology,
    signature: model.signature,
    userDefinedMetadata: model.userDefinedMetadata,
    weightSpecs: model.weightsManifest[0].weights,
    weightData: new Uint8Array(find("weights.bin") as Uint8Array).buffer,
  }));
}

/** What TensorFlow makes of a SavedModel. */
async function ask(
  files: readonly OutputFile[],
  name: string,
  feeds: Readonly<Record<string, Tensor>>,
): Promise<Record<string, Tensor>> {
  const folder = mkdtempSync(join(tmpdir(), "vae-saved-model-"));
  try {
    const { data } = files.find(({ path }) => path.includes(`/${name}/`))!;
    writeFileSync(join(folder, "saved_model.pb"), data);
    const { node } = createRequire(import.meta.url)(
      "@tensorflow/tfjs-node",
    ) as typeof TfjsNode;
    const model = await node.loadSavedModel(folder);
    return model.predict({ ...feeds }) as Record<string, Tensor>;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rowsOf(values: Float32Array, rows: number): Tensor {
  return tf.tensor(values, [rows, values.length / rows]);
}

function expectClose(
  found: Tensor,
  wanted: ConvertedTrial["weights"][string]["data"],
) {
  const values = found.dataSync();
  expect(values).toHaveLength(wanted.length);
  wanted.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 5));
}
