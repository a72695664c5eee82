/**
 * The sections of the page, in order.
 *
 * @module
 */

import { curves } from "./curves.ts";
import { environment } from "./environment.ts";
import { explorer } from "./explorer.ts";
import { generated } from "./generated.ts";
import { interpolations } from "./interpolations.ts";
import { latents } from "./latents.ts";
import { manifold } from "./manifold.ts";
import { pipeline } from "./pipeline.ts";
import { posteriors } from "./posteriors.ts";
import { reconstructions } from "./reconstructions.ts";
import { results } from "./results.ts";
import { runs } from "./runs.ts";
import { sameDraws } from "./same_draws.ts";
import { sampleQuality } from "./sample_quality.ts";
import type { Section } from "./section.ts";
import { traversals } from "./traversals.ts";

export type { Section } from "./section.ts";

/** The sections of the page, in order. */
export const SECTIONS: readonly Section[] = [
  results,
  generated,
  sameDraws,
  explorer,
  reconstructions,
  traversals,
  interpolations,
  manifold,
  posteriors,
  latents,
  sampleQuality,
  curves,
  runs,
  pipeline,
  environment,
];
