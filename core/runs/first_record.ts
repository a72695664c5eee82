/**
 * Records of version 1, whose trials had figures of one stage alone.
 *
 * @module
 */

/**
 * A record of version 1 as one of version 2 that has no more than it; its
 * reader sees to whether it is one.
 */
export function fromFirstVersion(value: unknown): unknown {
  const { members, ...rest } = Object(value) as Fields;
  return {
    ...rest,
    version: 2,
    members: Array.isArray(members) ? members.map(trialOf) : members,
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
