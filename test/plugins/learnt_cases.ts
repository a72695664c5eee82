/** The priors of plugins/ that learn, each with its density written anew. @module */

import type { PriorReference } from "../../core/mod.ts";
import { flow, mixture, vamp } from "../../plugins/mod.ts";
import {
  flowReference,
  mixtureReference,
  type ReferenceDensity,
  vampReference,
} from "./reference_densities.ts";

/** A prior that learns, small enough for any engine. */
export interface LearntCase {
  readonly title: string;
  readonly reference: PriorReference;
  readonly density: ReferenceDensity;
}

/** All of them. */
export const LEARNT_CASES: readonly LearntCase[] = [
  {
    title: "mixture",
    reference: mixture({ components: 4, spread: 2 }),
    density: mixtureReference,
  },
  {
    title: "vamp",
    reference: vamp({ components: 5 }),
    density: vampReference,
  },
  {
    title: "flow",
    reference: flow({ layers: 3, hidden: 6 }),
    density: flowReference(3),
  },
];
