/**
 * How an axis is chosen in a config.
 *
 * @module
 */

import type * as v from "valibot";
import type { Axis, AxisValues } from "../pipeline/provider.ts";

/** An axis, and what a config may say of it. */
export interface Choice<Value = unknown> {
  readonly axis: Axis<Value>;
  /** Of its key, with the default. */
  readonly schema: v.GenericSchema;
  /** Whether a preset may set it. */
  readonly isInPresets?: boolean;
  /**
   * The values of an entry that the schema let through, checked and frozen.
   *
   * @throws {UserError} naming the entry.
   */
  resolve(entry: unknown, place: ChoicePlace): Promise<readonly Value[]>;
}

/** Where the entries of a config come from. */
export interface ChoicePlace {
  /** Folder of the config. */
  readonly baseDirectory: string;
  /** The config's own file. */
  readonly configFile: string | null;
}

/** The values of every axis, each in its place. */
export async function resolveChoices(
  choices: readonly Choice[],
  config: Readonly<Record<string, unknown>>,
  place: ChoicePlace,
): Promise<readonly AxisValues[]> {
  const axes: AxisValues[] = [];
  for (const { axis, resolve } of choices) {
    const values = await resolve(config[axis.configKey], place);
    axes.push(Object.freeze({ axis, values: Object.freeze(values) }));
  }
  return Object.freeze(axes);
}
