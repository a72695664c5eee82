/**
 * What the processes of the stress compute: trainings by the stage itself, and
 * programs whose variables are set from every place that arrays can have.
 *
 * @module
 */

import { createHash, type Hash } from "node:crypto";
import type { PriorReference } from "../../core/mod.ts";
import { createProgram } from "../../core/engine/program/create.ts";
import {
  type Execution,
  FIRST_MOMENT,
  GRADIENT,
  SECOND_MOMENT,
  type VariableValues,
} from "../../core/engine/program/program.ts";
import { uniformStream } from "../../core/engine/random.ts";
import { tf } from "../../core/engine/tf.ts";
import { trainingProgram } from "../../core/vae/model/training_program.ts";
import type { Dataset } from "../../datasets/mod.ts";
import { tinyModel } from "../plugins/tiny_model.ts";
import { train } from "../vae/stages/small_training.ts";
import { usualObjective } from "../vae/parts.ts";

const SIDE = 20;
/** So many that the products are split between the threads. */
const HIDDEN = 150;
const BATCH = 32;
const ALIGNMENT = 64;
/** Buffers start at multiples of 16: at one of these places arrays are aligned. */
const PLACES = [0, 16, 32, 48];
const STEPS = 3;
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
/** Small variables, which the threads come to all at once, and how often. */
const MANY = 150;
const ROUNDS = 40;

/**
 * Runs the stage `train`, with validation, and a checkpoint at every tenth step.
 * Returns a digest of what was trained.
 */
export async function trainWhole(
  prior: PriorReference,
  { epochs, steps }: { readonly epochs: number; readonly steps: number },
): Promise<string> {
  let asked = 0;
  const validation = 2 * BATCH;
  const dataset = noise(steps * BATCH + validation);
  const { training, heard } = await train(
    { epochs, batchSize: BATCH, validation },
    { prior, due: () => ++asked % 10 === 0 },
    { dataset, hidden: [HIDDEN] },
  );
  requireCompiled(training.execution);
  const hash = createHash("sha256").update(JSON.stringify(heard.logs));
  return digest(hash, { ...training.weights, ...training.best });
}

/**
 * Trains a program from each place that its arrays can have, and collects
 * garbage in between. Returns a digest of what came of each.
 */
export function trainFromPlaces(
  reference: PriorReference,
  collect: () => void,
): string[] {
  const inputSize = SIDE * SIDE;
  const { model, weights } = tinyModel(reference, {
    latentDim: 5,
    inputSize,
    hidden: HIDDEN,
  });
  const program = createProgram(trainingProgram({
    model,
    objective: usualObjective(),
    marginal: null,
    latentDim: 0,
    variables: weights,
    batchSize: BATCH,
    inputSize,
    binarization: "dynamic",
    adam: ADAM,
    clipNorm: 100,
    seed: 7,
  }));
  requireCompiled(program.execution);
  try {
    const start = program.variables();
    const pixels = bytes(BATCH);
    return PLACES.map((place) => {
      program.assign(placed(start, place));
      collect();
      const hash = createHash("sha256");
      for (let step = 1; step <= STEPS; step++) {
        const feeds = { pixels, step, klWeight: 1, learningRate: 1e-3 };
        hash.update(JSON.stringify(program.run(feeds)));
      }
      return digest(hash, program.variables());
    });
  } finally {
    program.dispose();
  }
}

/**
 * Updates many small variables at once, round after round, from each place in
 * turn. Returns a digest of what came of each place.
 */
export function updateMany(collect: () => void): string[] {
  const names = Array.from({ length: MANY }, (_, i) => `w${i}`);
  const start: VariableValues = Object.fromEntries(
    names.flatMap((name, i) =>
      [name, FIRST_MOMENT + name, SECOND_MOMENT + name].map((name) => {
        const data = new Float32Array(ALIGNMENT / 4).fill(i + 1);
        return [name, { shape: [data.length], data }] as const;
      })
    ),
  );
  const program = createProgram({
    variables: start,
    adam: ADAM,
    inputs: { step: { shape: [], dtype: "int32" } },
    compute: (variables) => ({
      loss: tf.sum(tf.addN(Object.values(variables))),
      ...Object.fromEntries(
        names.map((name) => [GRADIENT + name, tf.square(variables[name]!)]),
      ),
    }),
  });
  requireCompiled(program.execution);
  try {
    return PLACES.map((place) => {
      const hash = createHash("sha256");
      for (let round = 0; round < ROUNDS; round++) {
        program.assign(placed(start, place));
        if (round % 10 === 0) collect();
        const { loss } = program.run({ step: 1, learningRate: 1e-3 });
        hash.update(`${loss![0]} `);
      }
      return digest(hash, program.variables());
    });
  } finally {
    program.dispose();
  }
}

/** The same values in one buffer, each `place` bytes after a multiple of 64. */
function placed(values: VariableValues, place: number): VariableValues {
  const room = (data: Float32Array) =>
    Math.ceil(data.byteLength / ALIGNMENT) * ALIGNMENT;
  const entries = Object.entries(values);
  const size = entries.reduce((sum, [, { data }]) => sum + room(data), 0);
  const buffer = new ArrayBuffer(size + ALIGNMENT);
  let start = place;
  return Object.fromEntries(entries.map(([name, { shape, data }]) => {
    const copy = new Float32Array(buffer, start, data.length);
    copy.set(data);
    start += room(data);
    return [name, { shape, data: copy }];
  }));
}

/** Images of nothing, always the same. */
function noise(count: number): Dataset {
  const images = { count, images: bytes(count), labels: new Uint8Array(count) };
  return {
    name: "noise",
    source: "the stress",
    synthetic: true,
    height: SIDE,
    width: SIDE,
    train: images,
    test: images,
  };
}

function bytes(images: number): Uint8Array {
  const uniform = uniformStream(3, 0);
  const length = images * SIDE * SIDE;
  return Uint8Array.from({ length }, () => 255 * uniform() ** 4);
}

function digest(hash: Hash, values: VariableValues): string {
  for (const [name, { data }] of Object.entries(values)) {
    hash.update(name);
    hash.update(
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    );
  }
  return hash.digest("hex").slice(0, 16);
}

function requireCompiled({ compiled, reason }: Execution): void {
  if (!compiled) throw new Error(`A program is not compiled: ${reason}`);
}
