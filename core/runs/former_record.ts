/**
 * Records of former versions, which called the trials members: those of
 * version 1 had figures of one stage alone.
 *
 * @module
 */

import { RECORD_VERSION } from "./_record_schema.ts";

/** Versions that {@link fromFormerVersion} reads. */
export const FORMER_VERSIONS: readonly unknown[] = [1, 2];

/**
 * A record of a former version as one of today that has no more than it; its
 * reader sees to whether it is one.
 */
export function fromFormerVersion(value: unknown): unknown {
  const { version, members, ...rest } = Object(value) as Fields;
  return {
    ...rest,
    version: RECORD_VERSION,
    trials: version === 1 && Array.isArray(members)
      ? members.map(trialOf)
      : members,
  };
}

type Fields = Readonly<Record<string, unknown>>;

function trialOf(member: unknown): unknown {
  const { metrics, ...rest } = Object(member) as Fields;
  const { nllSamples, binarization, images, ...estimates } = Object(
    metrics,
  ) as Fields;
  const figures = Object.entries(estimates).flatMap(([name, estimate]) => {
    if (estimate === null) return [];
    const { mean, standardError } = Object(estimate) as Fields;
    return [[name, { value: mean, error: standardError }]];
  });
  const conditions = Object.entries({
    nllSamples,
    ...(binarization == null ? {} : { pixels: "binary" }),
    binarization,
    testImages: images,
  }).filter(([, condition]) => condition != null);
  return {
    ...rest,
    figures: Object.fromEntries(figures),
    conditions: Object.fromEntries(conditions),
  };
}
