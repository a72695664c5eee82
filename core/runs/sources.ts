/**
 * What code and what data a run is made of.
 *
 * @module
 */

import type { Plan } from "../pipeline/types.ts";
import { moduleName } from "../load/module_name.ts";
import type {
  PluginDefinition,
  PluginKind,
  ResolvedPlugin,
} from "../vae/plugin/kind.ts";
import { pluginKinds } from "../vae/axes.ts";
import { pluginName } from "../vae/plugin/plugin_name.ts";
import type { RunRecord } from "./record.ts";

/** Plugins and stages of a plan, with the digests of their sources. */
export function pluginsOf({ config, nodes }: Plan): RunRecord["plugins"] {
  const { baseDirectory } = config;
  const all = [...nodes.values()];
  const stages = config.stages.map((stage) => ({
    kind: "stage",
    name: stage.name,
    version: String(stage.version),
    module: moduleName(stage.module, baseDirectory),
    digest: all.find((node) => node.stage === stage)
      ?.fields["stage.source"] ?? "",
  }));
  const plugins = pluginKinds.flatMap((kind) =>
    definitionsOf(config, kind).map(({ name, version, module }) => ({
      kind: kind.name,
      name,
      version,
      module: pluginName(kind, module, baseDirectory),
      digest: all.find(({ given }) =>
        given.some(({ provider, value }) =>
          provider.name === kind.name &&
          provider.sources(value).some((one) =>
            one.module === module
          )
        )
      )
        ?.fields[`${kind.name}.source`] ?? "",
    }))
  );
  // What no stage uses is no part of the run.
  const used = plugins.filter(({ digest }) => digest !== "");
  return [...used, ...stages.sort((a, b) => a.name < b.name ? -1 : 1)];
}

/** Each definition once, however many options it is used with. */
function definitionsOf(
  { axes }: Plan["config"],
  kind: PluginKind,
): readonly PluginDefinition[] {
  const values = axes.find(({ axis }) => axis.name === kind.name)?.values ?? [];
  const definitions = (values as readonly ResolvedPlugin[]).map((
    { definition },
  ) => [definition.module, definition] as const);
  return [...new Map(definitions).values()];
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
