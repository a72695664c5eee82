/**
 * Where things go on a chart: ticks, ranges, labels that do not overlap.
 *
 * @module
 */

/** Room for labels, in pixels from the top. */
export interface DodgeOptions {
  /** Least distance of one label to the next. */
  readonly apart: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Moves heights apart, keeping their order and staying near where they were.
 * Returns them in the order given.
 */
export function dodge(
  heights: readonly number[],
  options: DodgeOptions,
): readonly number[] {
  const { apart, from, to } = options;
  const order = heights.map((_, index) => index);
  order.sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const placed = [...heights];
  let least = from;
  for (const index of order) {
    placed[index] = Math.max(placed[index] ?? 0, least);
    least = (placed[index] ?? 0) + apart;
  }
  let most = to;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index] ?? 0, most);
    most = (placed[index] ?? 0) - apart;
  }
  return placed;
}

/** Whole epochs to write at the axis, about eight of them. */
export function epochTicks(epochs: readonly number[]): readonly number[] {
  if (epochs.length === 0) return [];
  const [low, high] = extent(epochs);
  const least = Math.max(1, (high - low) / 8);
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10;
  const step = factor * power;
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
    ticks.push(tick);
  }
  return ticks;
}

/** The range of some values with a little air, never of width zero. */
export function paddedDomain(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  const [low, high] = extent(values);
  const air = high > low ? (high - low) * 0.05 : Math.abs(high) * 0.05 || 1;
  return [low - air, high + air];
}

function extent(values: readonly number[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
