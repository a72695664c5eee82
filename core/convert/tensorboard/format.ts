/** Event files for TensorBoard. @module */

import { partLabels } from "../../vae/matrix.ts";
import { gridPng, reconstructionPng } from "../../picture/mod.ts";
import { GROUPS } from "../../vae/figures.ts";
import type { ConvertedTrial, Format } from "../format.ts";
import { encodeMessage, type Message } from "../protocol.ts";
import { encodeRecords } from "./records.ts";
import {
  histogramValue,
  hparamsValues,
  imageValue,
  scalarValue,
} from "./summaries.ts";

/**
 * One event file a trial: losses by step, pictures and the weights' histograms
 * at the last step, test results, options as hyperparameters. The clock of its
 * events starts at 0 and runs as the training did, so that a trial converted
 * twice gives the same bytes.
 */
export const tensorboard: Format = {
  name: "tensorboard",
  description: "losses, pictures, histograms and options for TensorBoard",
  engine: "none",
  hasWeights: true,
  files: (trial) =>
    Promise.resolve([{
      // TensorBoard looks for "tfevents".
      path: "tensorboard/events.out.tfevents.0.vae-priors",
      data: encodeRecords(
        events(trial).map((event) => encodeMessage("Event", event)),
      ),
    }]),
};

function events(trial: ConvertedTrial): readonly Message[] {
  const { metrics, training } = trial;
  const seconds = trial.ms / 1000;
  const at = (step: number, value: readonly Message[]): Message => ({
    wallTime: seconds * step / training.steps,
    step,
    summary: { value },
  });
  return [
    { wallTime: 0, fileVersion: "brain.Event:2" },
    at(0, hparamsValues(hparamsOf(trial), seconds)),
    ...metrics.map((record) =>
      at(Number(record["step"] ?? 0), scalars(record))
    ),
    at(training.steps, [
      ...results(trial),
      ...pictures(trial),
      ...spreads(trial),
    ]),
  ];
}

function scalars(
  record: ConvertedTrial["metrics"][number],
): readonly Message[] {
  return Object.entries(record).flatMap(([name, value]) =>
    name === "step" || typeof value !== "number"
      ? []
      : [scalarValue(`train/${name}`, value)]
  );
}

function results({ measured }: ConvertedTrial): readonly Message[] {
  return GROUPS.flatMap(({ key, figures }) =>
    figures.flatMap(({ name, read }) => {
      const found = read(measured);
      return found === null ? [] : [scalarValue(`${key}/${name}`, found.value)];
    })
  );
}

function pictures({ samples }: ConvertedTrial): readonly Message[] {
  if (samples === null) return [];
  const { generated, originals, reconstructions } = samples;
  return Object.entries({
    samples: gridPng(generated),
    reconstructions: reconstructionPng(originals, reconstructions),
  }).map(([tag, png]) => imageValue(tag, { png, ...sizeOf(png) }));
}

/** Width and height stand at the beginning of a PNG's first chunk. */
function sizeOf(png: Uint8Array) {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function spreads({ weights }: ConvertedTrial): readonly Message[] {
  return Object.entries(weights)
    .map(([name, { data }]) => histogramValue(`weights/${name}`, data));
}

function hparamsOf({ plan, matrix, trainOptions }: ConvertedTrial) {
  const { prior, network, likelihood, objective } = plan.values;
  const options = Object.entries({ prior, network, likelihood, objective })
    .flatMap(([kind, { options }]) =>
      Object.entries(options)
        .map(([name, value]) => [`${kind}.${name}`, value] as const)
    );
  const entries = [
    ["prior", prior.definition.name],
    ...Object.entries(partLabels(plan.values)),
    ["latentDim", plan.values.latentDim],
    ["seed", plan.values.seed],
    ...options,
    ...Object.entries(matrix),
    ...Object.entries(trainOptions)
      .map(([name, value]) => [`train.${name}`, value] as const),
  ] as const;
  return Object.fromEntries(entries.flatMap(([name, value]) => {
    if (value === undefined) return [];
    return typeof value === "number" || typeof value === "string" ||
        typeof value === "boolean"
      ? [[name, value] as const]
      : [[name, JSON.stringify(value)] as const];
  }));
}
