/**
 * The pictures of one trial.
 *
 * @module
 */

import { copyFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gridPng, reconstructionPng } from "../picture/mod.ts";
import { picturesOf, type TrialData } from "./data.ts";
import { TRIAL_FILES } from "./paths.ts";

/** Puts a trial's pictures into `folder`: its stage's own, or new ones where it drew none. */
export async function drawTrial(
  folder: string,
  trial: TrialData,
): Promise<void> {
  const { samples, samplesDirectory: from } = trial;
  if (samples === null) return;
  const pictures = picturesOf(samples);
  if (pictures.samples) {
    const draw = () => gridPng(samples.generated);
    await put(join(folder, TRIAL_FILES.samples), from, draw);
  }
  if (pictures.reconstructions) {
    const draw = () =>
      reconstructionPng(samples.originals, samples.reconstructions);
    await put(join(folder, TRIAL_FILES.reconstructions), from, draw);
  }
}

/** Copies the file of the same name in `from`, or draws it. */
async function put(
  file: string,
  from: string | null,
  draw: () => Uint8Array,
): Promise<void> {
  if (from !== null) {
    const copied = await copyFile(join(from, basename(file)), file)
      .then(() => true, () => false);
    if (copied) return;
  }
  await writeFile(file, draw());
}
