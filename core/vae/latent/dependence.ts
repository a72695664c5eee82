/**
 * Whether the axes of a prior depend on each other: if so, a point made of
 * their quantiles one by one is no draw of the prior.
 *
 * @module
 */

/**
 * The greatest rank correlation between two axes of some draws, of their levels
 * or of their distances from the median (a common scale shows in these alone).
 * Returns a number from 0 to 1; 0 for a single axis.
 *
 * @param levels `[N][axes]`, the level of each draw along each axis
 */
export function greatestDependence(levels: readonly Float64Array[]): number {
  const axes = levels[0]?.length ?? 0;
  const columns = Array.from({ length: axes }, (_, axis) => {
    const column = Float64Array.from(levels, (row) => row[axis]! - 0.5);
    return [standardised(column), standardised(column.map(Math.abs))];
  });
  let greatest = 0;
  for (let a = 0; a < axes; a++) {
    for (let b = 0; b < a; b++) {
      for (const one of columns[a]!) {
        for (const other of columns[b]!) {
          greatest = Math.max(greatest, Math.abs(product(one, other)));
        }
      }
    }
  }
  return greatest;
}

/**
 * What independent axes stay below: a correlation of N independent pairs has a
 * standard deviation of 1 / √N, and six of them are one chance in 5e8.
 */
export function dependenceLimit(draws: number): number {
  return 6 / Math.sqrt(draws);
}

/** With mean 0 and length 1. */
function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const length = Math.sqrt(product(centred, centred)) || 1;
  return centred.map((value) => value / length);
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
