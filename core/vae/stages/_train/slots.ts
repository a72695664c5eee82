/**
 * What a longer training goes on from, in a file of the artifact beside its
 * value: Adam's slots after the last step; or, where the learning rate fell
 * before that, all of the state at the end of the last epoch before its fall.
 *
 * @module
 */

import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withoutSlots } from "../../../engine/program/program.ts";
import type { Training, Weights } from "../../model/artifacts.ts";
import { decodeSafetensors } from "../../../store/decode_safetensors.ts";
import {
  encodeSafetensors,
  type SafeTensor,
} from "../../../store/safetensors.ts";

/** A training at the end of an epoch. */
export interface EpochState {
  /** Epochs done. */
  readonly epochs: number;
  /** Weights and Adam's slots. */
  readonly variables: Weights;
  readonly best: Weights;
  readonly bestEpoch: number;
}

const AT_END = "optimizer.safetensors";
const BEFORE_FALL = "before_fall.safetensors";
/** Names in that file: weights of the best epoch, where that was an earlier one; two counts. */
const BEST = "best/";
const EPOCHS = "epochs";

/** Writes the slots of the end among `variables`: weights are in the value. */
export async function writeEnd(
  directory: string,
  variables: Weights,
): Promise<void> {
  const weights = withoutSlots(variables);
  const slots = Object.entries(variables)
    .filter(([name]) => !Object.hasOwn(weights, name));
  await writeFile(join(directory, AT_END), encodeSafetensors(new Map(slots)));
}

/** Writes the state before the fall. */
export async function writeBeforeFall(
  directory: string,
  { epochs, variables, best, bestEpoch }: EpochState,
): Promise<void> {
  const counts = Int32Array.of(epochs, bestEpoch);
  const tensors: (readonly [string, SafeTensor])[] = [
    [EPOCHS, { shape: [2], data: counts }],
    ...Object.entries(variables),
    ...bestEpoch === epochs ? [] : Object.entries(best).map((
      [name, array],
    ) => [`${BEST}${name}`, array] as const),
  ];
  const bytes = encodeSafetensors(new Map(tensors));
  await writeFile(join(directory, BEFORE_FALL), bytes);
}

/** What either of them wrote, with the value that it lies beside. */
export async function readEpochState(
  directory: string,
  { weights, best, bestEpoch, epochs }: Training,
): Promise<EpochState> {
  const atEnd = join(directory, AT_END);
  if (existsSync(atEnd)) {
    const slots = await readWeights(atEnd);
    const variables = { ...weights, ...slots };
    return { epochs: epochs.length, variables, best, bestEpoch };
  }
  const kept = await readWeights(join(directory, BEFORE_FALL));
  const [done, bestDone] = kept[EPOCHS]!.data as unknown as [number, number];
  // In the order of the value: the file has one of its own.
  const names = Object.keys(weights);
  const slots = Object.keys(kept).filter((name) =>
    name !== EPOCHS && !name.startsWith(BEST) && !Object.hasOwn(weights, name)
  );
  const earlier = bestDone === done ? "" : BEST;
  return {
    epochs: done,
    variables: pick(kept, [...names, ...slots]),
    best: pick(kept, names, earlier),
    bestEpoch: bestDone,
  };
}

function pick(
  all: Weights,
  names: readonly string[],
  prefix = "",
): Weights {
  return Object.fromEntries(
    names.map((name) => [name, all[`${prefix}${name}`]!]),
  );
}

async function readWeights(file: string): Promise<Weights> {
  return Object.fromEntries(
    decodeSafetensors(await readFile(file)),
  ) as Weights;
}
