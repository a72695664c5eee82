/**
 * The sections of the page, in order.
 *
 * @module
 */

import { curves } from "./curves.ts";
import { environment } from "./environment.ts";
import { generated } from "./generated.ts";
import { latents } from "./latents.ts";
import { pipeline } from "./pipeline.ts";
import { reconstructions } from "./reconstructions.ts";
import { results } from "./results.ts";
import { runs } from "./runs.ts";
import { sampleQuality } from "./sample_quality.ts";
import type { Section } from "./section.ts";

export type { Section } from "./section.ts";

/** The sections of the page, in order. */
export const SECTIONS: readonly Section[] = [
  results,
  generated,
  reconstructions,
  sampleQuality,
  latents,
  curves,
  runs,
  pipeline,
  environment,
];
