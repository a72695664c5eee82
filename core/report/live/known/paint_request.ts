/**
 * What it takes to draw from a model that is still in training.
 *
 * @module
 */

import { deriveSeed } from "../../../engine/seed.ts";
import { shapeOfImage } from "../../../lib/image_shape.ts";
import { keyOf } from "../../../pipeline/key/keys.ts";
import type { StageRecord } from "../../../runs/record.ts";
import { recordedParts } from "../../../runs/recorded_model.ts";
import type { ArtifactStore } from "../../../store/store.ts";
import type { PaintRequest } from "../painting/messages.ts";
import type { RunView, TrialView } from "./run_view.ts";
import { readWhole } from "./stage_view.ts";

/** Images of a picture. */
const COUNT = 64;

/**
 * A request for images of the trial's last checkpoint, always with the same
 * draws; null where there is no training under way that has saved one.
 *
 * @throws {UserError} where one of its plugins cannot be found any more.
 */
export async function paintRequest(
  { record }: RunView,
  trial: TrialView,
  { store, base }: {
    readonly store: ArtifactStore;
    /** The project's folder, which the record names priors from. */
    readonly base: string;
  },
): Promise<PaintRequest | null> {
  const stages = new Map(record.stages.map((stage) => [stage.key, stage]));
  const training = trial.views.find(({ key, checkpoint }) =>
    checkpoint !== null && isTraining(stages.get(key))
  );
  if (!training?.checkpoint) return null;
  const dataset = stages.get(stages.get(training.key)!.fields[DATASET]!);
  const { fields } = stages.get(training.key)!;
  if (dataset === undefined) return null;
  // A record from elsewhere may name any code; the key of what trains here does not.
  if (keyOf(fields) !== training.key) return null;
  const size = await imageSize(dataset, store);
  if (size === null) return null;
  return {
    key: training.key,
    saved: training.checkpoint.time,
    directory: training.checkpoint.directory,
    ...recordedParts(record, trial, { training: { fields }, base }),
    seed: deriveSeed(trial.seed, "live"),
    count: COUNT,
    ...size,
    storeDirectory: store.location,
  };
}

const DATASET = "needs.dataset";

/** A stage that makes a training of a model and of images. */
function isTraining(stage: StageRecord | undefined): boolean {
  return stage !== undefined && DATASET in stage.fields &&
    "needs.vae" in stage.fields;
}

/** Shape of the images that a stage gives; null where it does not say. */
async function imageSize({ name, key }: StageRecord, store: ArtifactStore) {
  const address = { stage: name, key };
  try {
    // The images themselves are in another file.
    const file = store.admin.readFile(address, "value.json");
    const text = (await readWhole(file)).toString("utf8");
    const { height, width, channels } = JSON.parse(text).value.dataset;
    return typeof height === "number" && typeof width === "number"
      ? shapeOfImage({ height, width, channels })
      : null;
  } catch {
    return null;
  }
}
