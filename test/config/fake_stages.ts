import * as v from "valibot";
import { defineStage, type Stage } from "../../core/pipeline/stage.ts";

const epochs = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(1),
  v.description("passes over the data"),
);

/** Stages with options of each kind; their modules are never imported. */
export const fakeStages: readonly Stage[] = [
  defineStage({
    name: "train",
    version: 1,
    module: "file:///stages/train.ts",
    description: "Trains",
    inputs: [],
    outputs: ["training"],
    params: ["prior", "latentDim", "seed"],
    options: v.strictObject({
      epochs: v.optional(epochs, 20),
      learningRate: v.optional(v.pipe(v.number(), v.gtValue(0)), 1e-3),
      binarization: v.optional(v.picklist(["dynamic", "grey"]), "dynamic"),
      hidden: v.optional(v.array(epochs), [400]),
      even: v.optional(
        v.pipe(v.number(), v.check((x) => x % 2 === 0, "want it even")),
        2,
      ),
    }),
    run: () => Promise.reject(new Error("never run")),
  }),
  defineStage({
    name: "sample",
    version: 1,
    module: "file:///stages/sample.ts",
    description: "Draws",
    inputs: ["training"],
    outputs: ["samples"],
    params: [],
    options: v.strictObject({}),
    run: () => Promise.reject(new Error("never run")),
  }),
];
