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
import { modelParts } from "../../../vae/model_parts.ts";
import { likelihoodKind } from "../../../vae/likelihood_axis.ts";
import { networkKind } from "../../../vae/network_axis.ts";
import { priorKind } from "../../../vae/prior_axis.ts";
import { resolveModule } from "../../../vae/plugin/entries.ts";
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
  const { prior, network, likelihood, latentDim } = request;
  const { count, seed, height, width } = request;
  const saved = await lookAtCheckpoint(request.directory);
  if (saved === "none") return { type: "none", why: "there is no checkpoint" };
  if (saved === "damaged") {
    return { type: "none", why: "the checkpoint is damaged" };
  }
  const state = saved.value as Partial<TrainingState> | null;
  if (state?.variables === undefined) {
    return { type: "none", why: "the checkpoint is no model's" };
  }
  const parts = { prior, network, likelihood };
  const digests = await digesterOf(request).digest(
    Object.values(parts).map(({ module }) => module),
  );
  for (const [part, { module, digest }] of Object.entries(parts)) {
    if (digests.get(module) === digest) continue;
    return { type: "none", why: `the ${part}'s source has changed since` };
  }
  // Small, and on every machine: what trains has the cores.
  await startEngine("wasm", { threads: 1 });
  const model = buildModel(
    modelParts({
      prior: await resolveModule(priorKind, prior.module, prior.options),
      network: await resolveModule(
        networkKind,
        network.module,
        network.options,
      ),
      likelihood: await resolveModule(
        likelihoodKind,
        likelihood.module,
        likelihood.options,
      ),
      latentDim,
    }),
    { height, width, channels: 1 },
  );
  const variables = withoutSlots(state.variables);
  const program = createProgram(
    priorProgram({ model, variables }, { count, seed, images: true }),
  );
  try {
    const images = program.run({ step: 0 })["images"]!;
    return {
      type: "painted",
      png: gridPng({ count, height, width, pixels: images }),
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
