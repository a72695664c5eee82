/**
 * What all kinds of plugins of a model have in common: an identity, options by
 * a schema, and a function that builds for validated ones.
 *
 * @module
 */

import type * as v from "valibot";
import type { OptionsSchema } from "../../pipeline/stage.ts";

/** A kind of plugins, such as priors. */
export interface PluginKind<
  Definition extends PluginDefinition = PluginDefinition,
> {
  /** In messages, in a plugin's `kind` and in the axis: `prior`. */
  readonly name: string;
  /** Of messages, and the key of a config: `priors`. */
  readonly plural: string;
  /** The function that declares one: `definePrior`. */
  readonly define: string;
  /** The version of the contract that this core speaks. */
  readonly apiVersion: number;
  /**
   * Folder of those that come with the project, from the project's own; its
   * README is the page with the contract.
   */
  readonly folder: string;
  /** The one of that folder that is taken where a config names none. */
  readonly usual?: string;
  /** What its plugins have; in types alone. */
  readonly definition?: Definition;
}

/** What a plugin says of itself. */
export interface PluginIdentity<Schema extends OptionsSchema = OptionsSchema> {
  /** Short, lower case, unique among those of its kind in a run. */
  readonly name: string;
  /** Version of the plugin (semver); a new one reruns what depends on it. */
  readonly version: string;
  /** Version of this contract. */
  readonly apiVersion: 1;
  /** Always `import.meta.url`: where workers and the cache find the source. */
  readonly module: string;
  /** One line for `list`. */
  readonly description: string;
  /** Strict object schema of the options, with defaults and descriptions. */
  readonly options: Schema;
  /** How a run is labelled, `Gaussian(1,2)`; the default joins name and options. */
  label?(options: v.InferOutput<Schema>): string;
}

/** A plugin as the core handles it. */
export interface PluginDefinition<Context = never, Built = unknown>
  extends PluginIdentity {
  /** Builds for validated options. */
  create(options: PluginOptions, context: Context): Built;
}

/** Validated options. */
export type PluginOptions = Readonly<Record<string, unknown>>;

/** A plugin with its options, as it stands in a config: a pure value. */
export interface PluginReference<
  Definition extends PluginIdentity = PluginDefinition,
> {
  /** That of its kind: `prior`. */
  readonly kind: string;
  readonly definition: Definition;
  /** As given; validated when the config is normalised. */
  readonly options: unknown;
}

/** A plugin: calling it with options gives the value that a config lists. */
export interface Plugin<
  Schema extends OptionsSchema = OptionsSchema,
  Definition extends PluginIdentity = PluginDefinition,
> {
  (options?: v.InferInput<Schema>): PluginReference<Definition>;
  /** That of its kind: `prior`. */
  readonly kind: string;
  readonly definition: Definition;
}

/**
 * A plugin in a config: `gaussian({ mean: 1 })`, the plugin itself, or, in JSON,
 * a string that names one (`"./my_prior.ts"`, `"vae-prior-foo"`, `"gaussian"`),
 * alone or with options.
 */
export type PluginEntry<Definition extends PluginIdentity> =
  | PluginReference<Definition>
  // Without its call signature, which differs from plugin to plugin.
  | Pick<Plugin<OptionsSchema, Definition>, "kind" | "definition">
  | string
  | readonly [string, PluginOptions];

/** A plugin with its options, checked. */
export interface ResolvedPlugin<
  Definition extends PluginIdentity = PluginDefinition,
> {
  readonly definition: Definition;
  /** Validated, defaults filled in. */
  readonly options: PluginOptions;
  /** `Beta(1,1)`. */
  readonly label: string;
}

/** The function that a plugin's module exports. */
export function makePlugin<
  Schema extends OptionsSchema,
  Definition extends PluginIdentity,
>(kind: string, definition: Definition): Plugin<Schema, Definition> {
  const plugin = (options: unknown = {}) => ({ kind, definition, options });
  return Object.assign(plugin, { kind, definition });
}
