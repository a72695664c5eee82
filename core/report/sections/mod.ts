/**
 * The sections of the page, in order.
 *
 * @module
 */

import { evaluation } from "../../vae/figures/evaluation.ts";
import { latents } from "../../vae/figures/latents.ts";
import { samples } from "../../vae/figures/samples.ts";
import { nearestImages } from "./_nearest.ts";
import { COSTS } from "./_costs.ts";
import { curves } from "./curves.ts";
import { environment } from "./environment.ts";
import { explorer } from "./explorer.ts";
import { figuresSection } from "./figures.ts";
import { generated } from "./generated.ts";
import { interpolations } from "./interpolations.ts";
import { manifold } from "./manifold.ts";
import { pipeline } from "./pipeline.ts";
import { posteriors } from "./posteriors.ts";
import { reconstructions } from "./reconstructions.ts";
import { trials } from "./trials.ts";
import { sameDraws } from "./same_draws.ts";
import { search } from "./search.ts";
import type { Section } from "./section.ts";
import { traversals } from "./traversals.ts";

export type { Section } from "./section.ts";

/** The sections of the page, in order. */
export const SECTIONS: readonly Section[] = [
  figuresSection(evaluation, { more: COSTS }),
  generated,
  sameDraws,
  explorer,
  reconstructions,
  traversals,
  interpolations,
  manifold,
  posteriors,
  figuresSection(latents),
  figuresSection(samples, { after: nearestImages }),
  curves,
  search,
  trials,
  pipeline,
  environment,
];
