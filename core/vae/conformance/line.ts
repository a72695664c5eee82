/**
 * A latent space of one dimension, laid out on a line on which densities are
 * smooth and end in exponential tails: half lines by their logarithm, intervals
 * by their logit, the real line by asinh, circles by their angle. There
 * integrals can be computed, whatever the prior.
 *
 * @module
 */

import type { IntervalSupport, Support } from "../plugin/support.ts";

/** The line. */
export interface Line {
  /** Numbers in a latent vector. */
  readonly width: number;
  /** Beyond these places single precision cannot follow. */
  readonly from: number;
  readonly to: number;
  /** Whether there is mass beyond them, however little. */
  readonly tails: boolean;
  /** Beyond these places priors may pile up their draws. */
  readonly trustedFrom: number;
  readonly trustedTo: number;
  /** The place of the latent vector that begins at `offset`. */
  place(latent: ArrayLike<number>, offset: number): number;
  /** The latent vector at a place. */
  latent(place: number): readonly number[];
  /** log |dz / d place|, where z is measured as densities measure it. */
  logStretch(place: number): number;
}

/**
 * The line of a support with one latent dimension and vectors of `width`
 * numbers; undefined where such vectors are not one-dimensional.
 */
export function lineOf(support: Support, width: number): Line | undefined {
  if (support.kind === "interval") {
    return width === 1 ? intervalLine(support) : undefined;
  }
  if (width !== 2) return undefined;
  return support.kind === "simplex" ? simplexLine() : angleLine();
}

/**
 * The part of an interval where all draws can be trusted to be where they were
 * drawn. Next to a bound single precision no longer resolves the distance from
 * it, and priors keep their draws off it; there they pile up.
 */
export function trusted(
  { lower, upper }: Pick<IntervalSupport, "lower" | "upper">,
): { readonly least: number; readonly most: number } {
  const span = upper - lower;
  const margin = (bound: number) =>
    Number.isFinite(bound)
      ? 2 ** -17 * Math.max(Math.abs(bound), Number.isFinite(span) ? span : 0)
      : 0;
  return {
    least: lower + (margin(lower) || NEAR_ZERO),
    most: upper - (margin(upper) || NEAR_ZERO),
  };
}

/** Of a half line: how near to 0 its draws are looked at. */
const NEAR_ZERO = 1e-6;

/** How near to a bound single precision resolves distances from it to a hundredth. */
function resolved(bound: number): number {
  if (!Number.isFinite(bound)) return 0;
  return Math.max(1e-30, 2 ** -17 * Math.abs(bound));
}

function intervalLine({ lower, upper }: IntervalSupport): Line {
  const least = lower + resolved(lower);
  const most = upper - resolved(upper);
  const safe = trusted({ lower, upper });
  const line = (chart: Chart): Line => ({
    width: 1,
    from: chart.place(Math.max(least, -LARGE)),
    to: chart.place(Math.min(most, LARGE)),
    tails: true,
    trustedFrom: chart.place(Math.max(safe.least, -LARGE)),
    trustedTo: chart.place(Math.min(safe.most, LARGE)),
    place: (latent, offset) => chart.place(latent[offset]!),
    latent: (place) => [chart.latent(place)],
    logStretch: (place) => chart.logStretch(place),
  });
  if (Number.isFinite(lower) && Number.isFinite(upper)) {
    return line(logit(lower, upper));
  }
  if (Number.isFinite(lower)) return line(logarithm(lower));
  if (Number.isFinite(upper)) return line(mirrored(logarithm(-upper)));
  return line(asinh);
}

/** Beyond this nothing is looked for. */
const LARGE = 1e6;

/** A coordinate and its place on the line. */
interface Chart {
  place(z: number): number;
  latent(place: number): number;
  logStretch(place: number): number;
}

const asinh: Chart = {
  place: (z) => Math.asinh(z),
  latent: (place) => Math.sinh(place),
  logStretch: (place) => Math.log(Math.cosh(place)),
};

function logarithm(lower: number): Chart {
  return {
    place: (z) => Math.log(z - lower),
    latent: (place) => lower + Math.exp(place),
    logStretch: (place) => place,
  };
}

function mirrored(chart: Chart): Chart {
  return {
    place: (z) => -chart.place(-z),
    latent: (place) => -chart.latent(-place),
    logStretch: (place) => chart.logStretch(-place),
  };
}

function logit(lower: number, upper: number): Chart {
  const span = upper - lower;
  return {
    place: (z) => Math.log((z - lower) / (upper - z)),
    latent: (place) =>
      place < 0
        ? lower + span * Math.exp(place) / (1 + Math.exp(place))
        : upper - span / (1 + Math.exp(place)),
    logStretch: (place) =>
      Math.log(span) - Math.abs(place) -
      2 * Math.log1p(Math.exp(-Math.abs(place))),
  };
}

/** (z, 1 - z), with densities in z. */
function simplexLine(): Line {
  const chart = logit(0, 1);
  const end = Math.log(resolved(0));
  const { least, most } = trusted({ lower: 0, upper: 1 });
  return {
    width: 2,
    from: end,
    to: -end,
    tails: true,
    trustedFrom: chart.place(least),
    trustedTo: chart.place(most),
    // The smaller of the two is the exact one.
    place: (latent, offset) => Math.log(latent[offset]! / latent[offset + 1]!),
    latent: (place) => {
      const small = Math.exp(-Math.abs(place)) /
        (1 + Math.exp(-Math.abs(place)));
      return place < 0 ? [small, 1 - small] : [1 - small, small];
    },
    logStretch: (place) => chart.logStretch(place),
  };
}

/** (cos, sin) of an angle, with densities in the angle, which is the arc. */
function angleLine(): Line {
  return {
    width: 2,
    from: -Math.PI,
    to: Math.PI,
    tails: false,
    trustedFrom: -Math.PI,
    trustedTo: Math.PI,
    place: (latent, offset) => Math.atan2(latent[offset + 1]!, latent[offset]!),
    latent: (place) => [Math.cos(place), Math.sin(place)],
    logStretch: () => 0,
  };
}
