/**
 * Draws from a model that is still in training: the prior and the decoder as its
 * last checkpoint has them.
 *
 * @module
 */

import { hideCredentials } from "../../../lib/credentials.ts";
import { createProgram } from "../../../engine/program/create.ts";
import { withoutSlots } from "../../../engine/program/program.ts";
import { startEngine } from "../../../engine/start.ts";
import { messageOf } from "../../../lib/errors.ts";
import type { Weights } from "../../../vae/model/artifacts.ts";
import { priorProgram } from "../../../vae/model/latent_program.ts";
import { gridPng } from "../../../picture/mod.ts";
import { lookAtCheckpoint } from "../../../pipeline/execute/checkpoint_file.ts";
import { digesterOf } from "../../../pipeline/beside_store.ts";
import { buildModel } from "../../../vae/model/model.ts";
import { changedParts, loadParts } from "../../../vae/recorded_parts.ts";
import { SourcesNeeded } from "../../../load/sources_needed.ts";
import type { Painting, PaintRequest } from "./messages.ts";

/** Draws; never throws. */
export async function paint(request: PaintRequest): Promise<Painting> {
  try {
    return await draw(request);
  } catch (error) {
    if (error instanceof SourcesNeeded) return { type: "sources" };
    return { type: "none", why: hideCredentials(messageOf(error)) };
  }
}

async function draw(request: PaintRequest): Promise<Painting> {
  const { count, seed, height, width, channels = 1 } = request;
  const saved = await lookAtCheckpoint(request.directory);
  if (saved === "none") return { type: "none", why: "there is no checkpoint" };
  if (saved === "damaged") {
    return { type: "none", why: "the checkpoint is damaged" };
  }
  const state = saved.value as Partial<TrainingState> | null;
  if (state?.variables === undefined) {
    return { type: "none", why: "the checkpoint is no model's" };
  }
  const [changed] = await changedParts(request, digesterOf(request));
  if (changed !== undefined) {
    return { type: "none", why: `the ${changed}'s source has changed since` };
  }
  // Small, and on every machine: what trains has the cores.
  await startEngine("wasm", { threads: 1 });
  const parts = await loadParts(request);
  const model = buildModel(parts, { height, width, channels });
  const variables = withoutSlots(state.variables);
  const program = createProgram(
    priorProgram({ model, variables }, { count, seed, images: true }),
  );
  try {
    const images = program.run({ step: 0 })["images"]!;
    return {
      type: "painted",
      png: gridPng({ count, height, width, channels, pixels: images }),
      epochs: state.epochs?.length ?? 0,
      steps: state.current?.steps ?? 0,
    };
  } finally {
    program.dispose();
  }
}

/** What is used of a training's state. */
interface TrainingState {
  readonly variables: Weights;
  readonly epochs: readonly unknown[];
  readonly current: { readonly steps: number };
}
