/** What a trial's model was made of, by the record of its run. @module */

import { locatePlugin } from "../vae/plugin/entries.ts";
import type { PluginKind, PluginOptions } from "../vae/plugin/kind.ts";
import { likelihoodKind } from "../vae/likelihood_axis.ts";
import { networkKind } from "../vae/network_axis.ts";
import { priorKind } from "../vae/prior_axis.ts";
import type { RecordedParts, RecordedPlugin } from "../vae/recorded_parts.ts";
import type { RunRecord, StageRecord, TrialRecord } from "./record.ts";

/** A trial as far as its model goes. */
export type RecordedTrial = Pick<
  TrialRecord,
  "prior" | "options" | "matrix" | "latentDim"
>;

/** A plugin as a config names it, and its options. */
type Named = readonly [name: string, options: PluginOptions];

/** What a config would call the plugins of a trial's model. */
export function namedParts(
  { plugins }: Pick<RunRecord, "plugins">,
  { prior, options, matrix }: RecordedTrial,
): Readonly<Record<"prior" | "network" | "likelihood", Named>> {
  const listed = plugins.find(({ kind, name }) =>
    kind === priorKind.name && name === prior
  );
  // What goes without saying is not among what trials differ in.
  const other = (kind: PluginKind) =>
    (matrix[kind.name] ?? [kind.usual, {}]) as Named;
  return {
    prior: [listed?.module ?? prior, options],
    network: other(networkKind),
    likelihood: other(likelihoodKind),
  };
}

/**
 * The plugins of a trial's model.
 *
 * @param training whose key has the digests of their sources
 * @param base the project's folder, which the record names them from
 * @throws {UserError} where one of them cannot be found any more.
 */
export function recordedParts(
  record: Pick<RunRecord, "plugins">,
  trial: RecordedTrial,
  { training: { fields }, base }: {
    readonly training: Pick<StageRecord, "fields">;
    readonly base: string;
  },
): RecordedParts {
  const named = namedParts(record, trial);
  const place = { where: "the record", baseDirectory: base };
  const plugin = (
    kind: PluginKind,
    [name, options]: Named,
  ): RecordedPlugin => ({
    module: locatePlugin(kind, name, place),
    digest: fields[`${kind.name}.source`] ?? "",
    options,
  });
  return {
    prior: plugin(priorKind, named.prior),
    network: plugin(networkKind, named.network),
    likelihood: plugin(likelihoodKind, named.likelihood),
    latentDim: trial.latentDim,
  };
}
