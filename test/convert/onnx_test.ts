import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConvertedTrial } from "../../core/convert/format.ts";
import {
  type ModelFunction,
  modelFunctions,
} from "../../core/convert/functions/model_functions.ts";
import { encodeNpy } from "../../core/convert/npy.ts";
import { onnx } from "../../core/convert/onnx/format.ts";
import { onnxModel } from "../../core/convert/onnx/onnx_model.ts";
import { createProgram } from "../../core/engine/program/create.ts";
import { uniformStream } from "../../core/engine/random.ts";
import { buildModel } from "../../core/vae/model/model.ts";
import * as likelihoods from "../../plugins/likelihoods/mod.ts";
import * as priors from "../../plugins/mod.ts";
import * as networks from "../../plugins/networks/mod.ts";
import { nativeMissing, useBackend } from "../engine/backends.ts";
import { outputOf } from "../processes/child.ts";
import {
  fakeContext,
  type FakeContextOptions,
} from "../vae/stages/fake_context.ts";
import { model as untrained } from "../vae/stages/small_training.ts";
import { askNode } from "./_onnx_node.ts";
import { OPERATIONS } from "./_onnx_operations.ts";

/** Another Python than `python3`: one with the clients. */
const python = process.env["VAE_PRIORS_TEST_PYTHON"] ?? "python3";
/** A folder in which onnxruntime-web is installed. */
const runtime = process.env["VAE_PRIORS_TEST_ONNX"];
const ROWS = 5;

const { gaussian, beta } = priors;
const { conv, mlp, resnet } = networks;
/** Every plugin that makes a part of the model, and their options that compute otherwise. */
const CASES: Readonly<Record<string, FakeContextOptions>> = {
  ...Object.fromEntries(
    Object.entries(priors).map(([name, prior]) => [name, { prior: prior() }]),
  ),
  full: { prior: gaussian({ covariance: "full" }) },
  moments: { prior: beta({ head: "moments" }) },
  ...Object.fromEntries(
    Object.entries(likelihoods).map(([name, likelihood]) => [
      name,
      { likelihood: likelihood() },
    ]),
  ),
  elu: { network: conv({ widths: [3, 4], activation: "elu" }) },
  gelu: { network: resnet({ activation: "gelu" }) },
  tanh: { network: mlp({ hidden: [6, 5], activation: "tanh" }) },
  gated: { network: mlp({ hidden: [6], activation: "gated" }) },
  strides: { network: conv({ widths: [3], stride: 3 }) },
};

const FILES: readonly string[] = [
  ...Object.keys(CASES).flatMap((name) => [
    `${name}/decoder.onnx`,
    `${name}/encoder.onnx`,
  ]),
  "functions/operations.onnx",
];

const noPython = nativeMissing()
  ? "the native engine is not built"
  : pythonLacks();
const noNode = nativeMissing()
  ? "the native engine is not built"
  : runtime === undefined
  ? "VAE_PRIORS_TEST_ONNX names no folder with onnxruntime-web"
  : null;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vae-onnx-"));
  if (noPython !== null && noNode !== null) return;
  await useBackend("native");
  for (const [name, options] of Object.entries(CASES)) {
    await writeCase(join(folder, name), options);
  }
  const place = join(folder, "functions");
  mkdirSync(place);
  const x = Float32Array.from(
    { length: ROWS * 12 },
    (_, i) => i < 8 ? -(10 ** (i / 8)) - 0.3 : 0.01 * 1.19 ** (i - 8),
  );
  writeArrays(place, OPERATIONS, { x });
  writeFileSync(
    join(place, "operations.onnx"),
    onnxModel(OPERATIONS, "a test"),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("ONNX", () => {
  it.skipIf(noPython !== null)(
    `is checked by onnx and computed by onnxruntime in Python${
      skipped(noPython)
    }`,
    async () => {
      const script = new URL("./onnx_clients.py", import.meta.url);
      const words = [python, fileURLToPath(script), folder];
      expectAll(JSON.parse(await outputOf(words)));
    },
  );

  it.skipIf(noNode !== null)(
    `is computed by onnxruntime in Node${skipped(noNode)}`,
    async () => {
      const all: Record<string, Record<string, number>> = {};
      for (const file of FILES) {
        const [name = "", half = ""] = file.split("/");
        all[file] = await askNode(
          runtime!,
          join(folder, name),
          parse(half).name,
          ROWS,
        );
      }
      expectAll(all);
    },
  );
});

/** Of all outputs of all models, the largest difference. */
function expectAll(
  told: Readonly<Record<string, Readonly<Record<string, number>>>>,
): void {
  expect(Object.keys(told).sort()).toEqual([...FILES].sort());
  const wrong = Object.entries(told).flatMap(([file, outputs]) =>
    Object.entries(outputs)
      .filter(([, apart]) => !(apart < 1e-5))
      .map(([name, apart]) => `${file} ${name}: ${apart}`)
  );
  expect(wrong).toEqual([]);
}

/** Models of a case, what they are to be fed, and what is wanted of them. */
async function writeCase(
  place: string,
  options: FakeContextOptions,
): Promise<void> {
  mkdirSync(place);
  const vae = await untrained(options);
  const { context } = fakeContext(options);
  const model = buildModel(context, vae.architecture.image);
  const trial = {
    plan: { label: "a test" },
    training: vae,
    weights: vae.weights,
    model,
  } as unknown as ConvertedTrial;
  for (const { path, data } of await onnx.files(trial, expect.fail)) {
    writeFileSync(join(place, path.replace("onnx/", "")), data);
  }
  const uniform = uniformStream(1, 0);
  const images = Float32Array.from({ length: ROWS * 16 }, uniform);
  const [decoder, encoder] = modelFunctions(trial);
  const posterior = writeArrays(place, encoder!, { images });
  // In the prior's support.
  writeArrays(place, decoder!, { latent: posterior["posterior_mean"]! });
}

/** What a function is to be fed, and what is wanted of it. */
function writeArrays(
  place: string,
  { name, spec }: ModelFunction,
  feeds: Readonly<Record<string, Float32Array>>,
): Readonly<Record<string, Float32Array>> {
  const program = createProgram(spec(ROWS));
  const outputs = program.run(feeds);
  program.dispose();
  const arrays = [
    ...Object.entries(feeds),
    ...Object.entries(outputs).map(([name, values]) =>
      [`${name}.wanted`, values] as const
    ),
  ];
  for (const [array, values] of arrays) {
    writeFileSync(
      join(place, `${name}.${array}.npy`),
      encodeNpy([ROWS, values.length / ROWS], values),
    );
  }
  return outputs;
}

function pythonLacks(): string | null {
  try {
    execFileSync(python, ["-c", "import numpy, onnx, onnxruntime"], {
      stdio: "ignore",
    });
    return null;
  } catch {
    return `${python} lacks NumPy, onnx or onnxruntime (VAE_PRIORS_TEST_PYTHON names another one)`;
  }
}

function skipped(missing: string | null): string {
  return missing === null ? "" : ` SKIPPED: ${missing}`;
}
