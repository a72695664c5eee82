/**
 * The prior, the axis that all this is about.
 *
 * @module
 */

import type { ResolvedPrior } from "./config.ts";
import { writeOptions } from "../pipeline/key/keys.ts";
import type { Axis } from "../pipeline/provider.ts";
import { slugOf } from "../pipeline/trials.ts";
import { priorName } from "./plugin/prior_name.ts";
import type { RunPrior } from "./run_prior.ts";

declare module "../pipeline/stage.ts" {
  interface Lent {
    /** The run's prior; needs `params: ["prior", "latentDim"]`. */
    readonly prior: RunPrior;
  }
}
declare module "../pipeline/types.ts" {
  interface TrialValues {
    readonly prior: ResolvedPrior;
  }
}

const priorAxis: Axis<ResolvedPrior> = {
  name: "prior",
  module: import.meta.url,
  role: "compare",
  configKey: "priors",
  plural: "priors",
  isAlwaysNamed: true,
  with: ["latentDim"],
  fields: ({ definition: { name, version }, options }) => ({
    prior: name,
    "prior.version": version,
    ...Object.fromEntries(
      writeOptions(options, `prior "${name}"`).map((
        [option, value],
      ) => [`prior.option.${option}`, value]),
    ),
  }),
  sources: ({ definition: { name, module } }) => [
    { what: `prior "${name}"`, module, field: "prior.source" },
  ],
  send: ({ definition: { module }, options, label }) => ({
    module,
    data: { options, label },
  }),
  // Loaded by workers alone: a plan needs no tensor.
  open: async ({ module, data }, { stage, opened }): Promise<RunPrior> => {
    const { loadPrior } = await import("./plugin/load.ts");
    const { runPrior } = await import("./run_prior.ts");
    const { definition } = await loadPrior(module!);
    const rest = data as Omit<ResolvedPrior, "definition">;
    return runPrior({ definition, ...rest }, {
      latentDim: opened.latentDim!,
      trial: stage.params.includes("engine"),
    });
  },
  title: ({ label }) => label,
  slug: ({ label }) => slugOf(label) || "prior",
  write: ({ definition: { module }, options }, baseDirectory) => [
    priorName(module, baseDirectory),
    options,
  ],
};

export default priorAxis;
