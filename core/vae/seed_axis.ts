/**
 * The seed, the axis of which runs are averaged over.
 *
 * @module
 */

import { deriveSeed } from "../engine/seed.ts";
import type { Axis } from "../pipeline/provider.ts";

declare module "../pipeline/stage.ts" {
  interface Lent {
    /**
     * Seed derived from the run's seed and the stage's name, an unsigned 32-bit
     * whole number; needs `params: ["seed"]`.
     */
    readonly seed: number;
  }
}
declare module "../pipeline/types.ts" {
  interface TrialValues {
    /** The run's seed, of which each stage has one derived. */
    readonly seed: number;
  }
}

const seedAxis: Axis<number> = {
  name: "seed",
  module: import.meta.url,
  role: "replicate",
  configKey: "seed",
  plural: "seeds",
  fields: (seed) => ({ seed: String(seed) }),
  sources: () => [],
  send: (data) => ({ module: null, data }),
  open: ({ data }, { stage }) => deriveSeed(data as number, stage.name),
  title: (seed) => `seed ${seed}`,
  slug: (seed) => `s${seed}`,
};

export default seedAxis;
