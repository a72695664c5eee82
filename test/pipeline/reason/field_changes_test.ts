import { describe, expect, it } from "vitest";
import { fieldChanges } from "../../../core/pipeline/reason/field_changes.ts";
import type { Given } from "../../../core/pipeline/provider.ts";
import engineProvider from "../../../core/vae/engine_provider.ts";
import priorAxis from "../../../core/vae/prior_axis.ts";
import type { KeyFields } from "../../../core/pipeline/types.ts";

const fields: KeyFields = {
  stage: "train",
  "stage.version": "1",
  "option.epochs": "20",
  prior: "beta",
  "prior.version": "1.0.0",
  "prior.option.alpha": "1",
  seed: "0",
  engine: "native",
  "engine.version": "tensorflow 2",
  "engine.threads": "1",
  "input.images": "none",
};

const given: readonly Given[] = [
  {
    provider: priorAxis,
    value: { definition: { name: "beta", module: "file:///beta.ts" } },
  },
  { provider: engineProvider, value: null },
];

/** What is said where `fields` were so, with `change`, before. */
function texts(change: Readonly<Record<string, string | undefined>>) {
  const before = Object.entries({ ...fields, ...change })
    .filter((entry): entry is [string, string] => entry[1] !== undefined);
  return fieldChanges(Object.fromEntries(before), fields, given)
    .map(({ text }) => text);
}

describe("fieldChanges()", () => {
  it.each<[Record<string, string | undefined>, readonly string[]]>([
    [{}, []],
    [{ "option.epochs": "30" }, ["train.epochs 30 -> 20"]],
    [{ "option.epochs": undefined }, ["train.epochs unset -> 20"]],
    [{ "option.old": "true" }, ["train.old true -> unset"]],
    [{ "stage.version": "0" }, ["stage train: version 0 -> 1"]],
    [{ prior: "gamma" }, ["prior gamma -> beta"]],
    [{ "prior.version": "0.9.0" }, ["prior beta: version 0.9.0 -> 1.0.0"]],
    [{ "prior.option.alpha": "2" }, ["prior beta: alpha 2 -> 1"]],
    [{ "engine.threads": "2" }, ["engine threads 2 -> 1"]],
    [
      { "engine.env.TF_ENABLE_ONEDNN_OPTS": "0" },
      ["engine TF_ENABLE_ONEDNN_OPTS 0 -> unset"],
    ],
    [{ "input.images": "f".repeat(64) }, ["input images changed"]],
    [{ "needs.dataset": "x" }, ["needs dataset x -> unset"]],
    [{ "option.epochs": "1", seed: "3" }, [
      "train.epochs 1 -> 20",
      "seed 3 -> 0",
    ]],
    // What another engine has otherwise is said by its name.
    [
      { engine: "wasm", "engine.version": "4", "engine.threads": undefined },
      ["engine wasm -> native"],
    ],
    // A name whose value went to another name, if that is the only one.
    [
      { "option.epochs": undefined, "option.passes": "20" },
      ["train.passes is now epochs"],
    ],
    [
      { "option.epochs": undefined, "option.a": "20", "option.b": "20" },
      [
        "train.epochs unset -> 20",
        "train.a 20 -> unset",
        "train.b 20 -> unset",
      ],
    ],
    [
      { "prior.option.alpha": undefined, "option.alpha": "1" },
      ["prior beta: alpha unset -> 1", "train.alpha 1 -> unset"],
    ],
  ])("of %o", (change, expected) => {
    expect(texts(change)).toEqual(expected);
  });
});
