/**
 * An axis whose values are plugins: priors, say.
 *
 * @module
 */

import * as v from "valibot";
import { writeOptions } from "../../pipeline/key/keys.ts";
import type { Axis, Opening } from "../../pipeline/provider.ts";
import { slugOf } from "../../pipeline/trials.ts";
import type { PluginDefinition, PluginKind, ResolvedPlugin } from "./kind.ts";
import { pluginName } from "./plugin_name.ts";

/** An axis whose values are plugins of a kind. */
export interface PluginAxis<
  Definition extends PluginDefinition = PluginDefinition,
> extends Axis<ResolvedPlugin<Definition>> {
  readonly kind: PluginKind<Definition>;
}

/** What an axis of plugins is made of. */
interface PluginAxisParts<Definition extends PluginDefinition> extends
  Pick<
    Axis<ResolvedPlugin<Definition>>,
    "module" | "isAlwaysNamed" | "with"
  > {
  readonly kind: PluginKind<Definition>;
  /** What a stage has of the plugin; see `Provider.open`. */
  open(plugin: ResolvedPlugin<Definition>, opening: Opening): unknown;
}

/** The axis whose values are the plugins of a kind. */
export function pluginAxis<Definition extends PluginDefinition>(
  { kind, open, ...rest }: PluginAxisParts<Definition>,
): PluginAxis<Definition> {
  const { name, plural, usual } = kind;
  return {
    ...rest,
    kind,
    name,
    role: "compare",
    configKey: plural,
    plural,
    fields: ({ definition, options }) => ({
      [name]: definition.name,
      [`${name}.version`]: definition.version,
      ...Object.fromEntries(
        writeOptions(options, `${name} "${definition.name}"`).map((
          [option, value],
        ) => [`${name}.option.${option}`, value]),
      ),
    }),
    sources: ({ definition: { name: own, module } }) => [
      { what: `${name} "${own}"`, module, field: `${name}.source` },
    ],
    send: ({ definition: { module }, options, label }) => ({
      module,
      data: { options, label },
    }),
    // Loaded by workers alone: a plan needs no tensor.
    open: async ({ module, data }, opening) => {
      const { loadPlugin } = await import("./load.ts");
      const { definition } = await loadPlugin(kind, module!);
      const rest = data as Omit<ResolvedPlugin, "definition">;
      return await open({ definition, ...rest }, opening);
    },
    isUsual: (
      { definition: { name: own, module, options: schema }, options },
    ) =>
      own === usual && pluginName(kind, module, ".") === usual &&
      JSON.stringify(options) === JSON.stringify(v.parse(schema, {})),
    title: ({ label }) => label,
    slug: ({ label }) => slugOf(label) || name,
    write: ({ definition: { module }, options }, baseDirectory) => [
      pluginName(kind, module, baseDirectory),
      options,
    ],
  };
}
