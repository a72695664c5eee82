/**
 * What code and what data a run is made of.
 *
 * @module
 */

import { valuesOf } from "../pipeline/trials.ts";
import type { Plan } from "../pipeline/types.ts";
import { moduleName } from "../load/module_name.ts";
import { priorKind } from "../vae/plugin/kinds.ts";
import { pluginName } from "../vae/plugin/plugin_name.ts";
import type { RunRecord } from "./record.ts";

/** Priors and stages of a plan, with the digests of their sources. */
export function pluginsOf({ config, nodes }: Plan): RunRecord["plugins"] {
  const { baseDirectory } = config;
  const all = [...nodes.values()];
  const priors = new Map(
    valuesOf(config, "prior").map((
      { definition },
    ) => [definition.module, definition]),
  );
  const stages = config.stages.map((stage) => ({
    kind: "stage" as const,
    name: stage.name,
    version: String(stage.version),
    module: moduleName(stage.module, baseDirectory),
    digest: all.find((node) => node.stage === stage)
      ?.fields["stage.source"] ?? "",
  }));
  return [
    ...[...priors.values()].map(({ name, version, module }) => ({
      kind: "prior" as const,
      name,
      version,
      module: pluginName(priorKind, module, baseDirectory),
      digest:
        all.find(({ given }) =>
          given.some(({ provider, value }) =>
            provider.sources(value).some((one) => one.module === module)
          )
        )
          ?.fields["prior.source"] ?? "",
    })),
    ...stages.sort((a, b) => a.name < b.name ? -1 : 1),
  ];
}

/** Digests of what the stages of a plan read from outside, by name. */
export function dataOf({ nodes }: Plan): RunRecord["data"] {
  return Object.fromEntries(
    [...nodes.values()].flatMap(({ fields }) =>
      Object.entries(fields)
        .filter(([name]) => name.startsWith("input."))
        .map(([name, digest]) => [name.slice("input.".length), digest])
    ),
  );
}
