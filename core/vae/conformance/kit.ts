/**
 * What must hold for the plugins of a kind.
 *
 * @module
 */

import type {
  PluginDefinition,
  PluginKind,
  ResolvedPlugin,
} from "../plugin/kind.ts";
import type { Check } from "./check.ts";
import type { SubjectOptions } from "./subject_options.ts";

/** The checks of a kind; `Asked` is what they examine of a plugin. */
export interface Kit<
  Definition extends PluginDefinition = PluginDefinition,
  Asked = unknown,
> {
  readonly kind: PluginKind<Definition>;
  /** In the order in which they run: what others rest on comes first. */
  readonly checks: readonly Check<Asked>[];
  /** Names of those without which nothing else can be asked. */
  readonly needed: readonly string[];
  /** What is examined of a plugin with its options. */
  subject(
    plugin: Pick<ResolvedPlugin<Definition>, "definition" | "options">,
    options: SubjectOptions,
  ): Asked;
}
