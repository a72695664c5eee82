/**
 * Adam's slots after the last step, in a file of the artifact beside its value:
 * twice the size of the weights, and of use only to a training that goes on.
 *
 * @module
 */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withoutSlots } from "../../../engine/program/program.ts";
import type { Weights } from "../../model/artifacts.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../../store/safetensors.ts";

const FILE = "optimizer.safetensors";

/** Writes the slots among `variables`. */
export async function writeSlots(
  directory: string,
  variables: Weights,
): Promise<void> {
  const weights = withoutSlots(variables);
  const slots = Object.entries(variables)
    .filter(([name]) => !Object.hasOwn(weights, name));
  await writeFile(join(directory, FILE), encodeSafetensors(new Map(slots)));
}

/** The slots that {@link writeSlots} wrote. */
export async function readSlots(directory: string): Promise<Weights> {
  const tensors = decodeSafetensors(await readFile(join(directory, FILE)));
  return Object.fromEntries(tensors) as Weights;
}
