/**
 * Where the posteriors lie along each axis, beside the prior.
 *
 * @module
 */

import { fromAxes, isAngle } from "../../latent/axes.ts";
import type { Marginals } from "../../latent/exploration.ts";
import {
  amongQuantiles,
  quantile,
  type Quantiles,
} from "../../latent/quantiles.ts";
import { type ExploredModel, logPrior } from "./model.ts";

/** Axes that are shown, at most. */
const MOST_AXES = 24;
const BINS = 48;
/** Share of the range within which a bound counts as near. */
const NEAR = 0.05;
/** Share of the posteriors' draws that may lie outside of the bins, at each end. */
const OUTSIDE = 0.005;

/** What marginals are made of. */
export interface MarginalsOptions {
  readonly model: ExploredModel;
  readonly quantiles: Quantiles;
  readonly order: readonly number[];
  /** Draws as axes, `[N][axes]`. */
  readonly prior: readonly Float64Array[];
  readonly posterior: readonly Float64Array[];
  /** Whether the prior's axes depend on each other. */
  readonly dependent: boolean;
}

/**
 * Histograms of the posteriors' draws with the prior's density. That is exact
 * where axes are independent coordinates and the prior has its density: along
 * one axis, the others at rest, p(z) is that axis' density but for a factor.
 * Elsewhere it is a histogram of the prior's draws.
 */
export function marginals(options: MarginalsOptions): Marginals {
  const { model, quantiles, dependent } = options;
  const axes = options.order.slice(0, MOST_AXES);
  const ranges = new Float32Array(axes.length * 2);
  const found = new Float32Array(axes.length * BINS);
  const expected = new Float32Array(axes.length * BINS);
  const shares: number[] = [];
  axes.forEach((axis, row) => {
    const column = (rows: readonly Float64Array[]) =>
      Float64Array.from(
        rows,
        (values) => amongQuantiles(quantiles, axis, values[axis]!),
      );
    const posterior = column(options.posterior);
    const range = rangeOf(options, axis, posterior);
    ranges.set(range, row * 2);
    found.set(histogram(posterior, range).density, row * BINS);
    const drawn = histogram(column(options.prior), range);
    expected.set(drawn.density, row * BINS);
    shares.push(drawn.share);
  });
  const { kind } = quantiles.geometry;
  const { densities } = model.model.prior;
  let exact = false;
  if (
    !dependent && (kind === "interval" || kind === "circle") &&
    densities !== undefined
  ) {
    const logPriorOf = (points: readonly Float64Array[]) =>
      logPrior(model, densities, points);
    const spec = { axes, ranges, shares };
    const computed = exactDensities(logPriorOf, quantiles, spec);
    exact = agree(computed, expected, {
      ranges,
      draws: options.prior.length,
    });
    if (exact) expected.set(computed);
  }
  return {
    axes,
    bins: BINS,
    ranges,
    posterior: found,
    prior: expected,
    exact,
  };
}

function exactDensities(
  logPriorOf: (points: readonly Float64Array[]) => Float32Array,
  quantiles: Quantiles,
  { axes, ranges, shares }: {
    readonly axes: readonly number[];
    readonly ranges: Float32Array;
    /** Of the prior within each range. */
    readonly shares: readonly number[];
  },
): Float32Array {
  const { geometry, levels, values } = quantiles;
  const rest = Float64Array.from(
    { length: values.length / levels },
    (_, axis) => quantile(quantiles, axis, 0.5),
  );
  const points = axes.flatMap((axis, row) => {
    const [low, high] = [ranges[2 * row]!, ranges[2 * row + 1]!];
    return Array.from({ length: BINS }, (_, bin) => {
      const place = rest.slice();
      place[axis] = low + (high - low) * (bin + 0.5) / BINS;
      return fromAxes(geometry, place);
    });
  });
  const logs = logPriorOf(points);
  const densities = new Float32Array(logs.length);
  axes.forEach((_, row) => {
    const part = logs.subarray(row * BINS, (row + 1) * BINS);
    const most = part.reduce((a, b) => Math.max(a, b), -Infinity);
    const relative = part.map((log) => Math.exp(log - most));
    const width = (ranges[2 * row + 1]! - ranges[2 * row]!) / BINS;
    const mass = relative.reduce((sum, value) => sum + value, 0) * width;
    densities.set(
      relative.map((value) => value / mass * shares[row]!),
      row * BINS,
    );
  });
  return densities;
}

/**
 * Whether densities are those of the draws in the bins, within six standard
 * deviations of a bin's count. Not where axes depend on each other after all,
 * nor where a density runs off within a bin.
 */
function agree(
  densities: Float32Array,
  drawn: Float32Array,
  { ranges, draws }: { readonly ranges: Float32Array; readonly draws: number },
): boolean {
  return densities.every((density, i) => {
    const row = Math.floor(i / BINS);
    const width = (ranges[2 * row + 1]! - ranges[2 * row]!) / BINS;
    const count = density * width * draws;
    const difference = Math.abs(drawn[i]! * width * draws - count);
    return difference <= 6 * Math.sqrt(count + 1);
  });
}

/** What holds nearly all of the prior and of the posteriors, from bound to bound where these are near. */
function rangeOf(
  { model, quantiles }: MarginalsOptions,
  axis: number,
  posterior: Float64Array,
): readonly [number, number] {
  if (isAngle(quantiles.geometry, axis)) {
    const middle = quantile(quantiles, axis, 0.5);
    return [middle - Math.PI, middle + Math.PI];
  }
  const values = posterior.toSorted();
  const at = (share: number) =>
    values[Math.round(share * (values.length - 1))]!;
  const low = Math.min(quantile(quantiles, axis, 0), at(OUTSIDE));
  const high = Math.max(quantile(quantiles, axis, 1), at(1 - OUTSIDE));
  if (high <= low) return [low - 0.5, high + 0.5];
  const { support } = model.model.prior;
  if (support.kind !== "interval") return [low, high];
  const air = NEAR * (high - low);
  return [
    low - support.lower < air ? support.lower : low,
    support.upper - high < air ? support.upper : high,
  ];
}

function histogram(
  values: Float64Array,
  [low, high]: readonly [number, number],
): { readonly density: Float32Array; readonly share: number } {
  const density = new Float32Array(BINS);
  const each = BINS / (high - low) / values.length;
  let inside = 0;
  for (const value of values) {
    const bin = Math.floor((value - low) / (high - low) * BINS);
    // The top edge belongs to the last bin.
    const place = value === high ? BINS - 1 : bin;
    if (place < 0 || place >= BINS) continue;
    density[place]! += each;
    inside++;
  }
  return { density, share: inside / values.length };
}
