/**
 * Integrals over a line of functions that are costly one by one and cheap by
 * the thousand: Gauss and Legendre's rule on panels that are halved where
 * halving them changes something.
 *
 * @module
 */

/** Nodes on which functions of one place are integrated. */
export interface Nodes {
  readonly places: Float64Array;
  readonly weights: Float64Array;
  /** Ends of the panels, ascending; panel `i` holds the nodes from `i * ORDER` on. */
  readonly ends: Float64Array;
}

/** Options of {@link adaptNodes}. */
export interface AdaptOptions {
  readonly from: number;
  readonly to: number;
  /** Places to begin with as ends of panels, in any order. */
  readonly knots: Iterable<number>;
  /** Change of one panel's integral that is let pass. */
  readonly tolerance: number;
}

/** Nodes in a panel. */
const ORDER = 8;
const ROUNDS = 24;
/** So many panels, and no more: a function of noise would have them without end. */
const MOST_PANELS = 6000;

/** Nodes that are dense where `integrand` needs them; it gets many places at a time. */
export function adaptNodes(
  integrand: (places: Float64Array) => Float64Array,
  { from, to, knots, tolerance }: AdaptOptions,
): Nodes {
  const inner = [...knots].filter((knot) => knot > from && knot < to);
  const ends = [...new Set([from, ...inner, to])].sort((a, b) => a - b);
  let open = ends.slice(1).map((end, i) => [ends[i]!, end] as const);
  let wholes = panelIntegrals(open, integrand);
  const done: (readonly [number, number])[] = [];
  for (let round = 0; open.length > 0; round++) {
    const halves = open.flatMap(([start, end]) => {
      const middle = (start + end) / 2;
      return [[start, middle] as const, [middle, end] as const];
    });
    const parts = panelIntegrals(halves, integrand);
    const isLast = round === ROUNDS ||
      done.length + 2 * halves.length > MOST_PANELS;
    const next: number[] = [];
    wholes.forEach((whole, i) => {
      const change = whole - parts[2 * i]! - parts[2 * i + 1]!;
      if (isLast || Math.abs(change) <= tolerance) {
        done.push(halves[2 * i]!, halves[2 * i + 1]!);
      } else next.push(2 * i, 2 * i + 1);
    });
    open = next.map((i) => halves[i]!);
    wholes = next.map((i) => parts[i]!);
  }
  done.sort(([a], [b]) => a - b);
  return {
    ...nodesOf(done),
    ends: Float64Array.of(from, ...done.map(([, end]) => end)),
  };
}

/** Integral of a function known at the nodes. */
export function integrate(
  { weights }: Nodes,
  values: (node: number) => number,
): number {
  let sum = 0;
  weights.forEach((weight, node) => sum += weight * values(node));
  return sum;
}

/** Integrals of a function known at the nodes from the first end to each end. */
export function cumulate(
  { weights, ends }: Nodes,
  values: (node: number) => number,
): Float64Array {
  const sums = new Float64Array(ends.length);
  weights.forEach((weight, node) =>
    sums[1 + Math.floor(node / ORDER)]! += weight * values(node)
  );
  for (let i = 1; i < sums.length; i++) sums[i]! += sums[i - 1]!;
  return sums;
}

type Panel = readonly [start: number, end: number];

function panelIntegrals(
  panels: readonly Panel[],
  integrand: (places: Float64Array) => Float64Array,
): number[] {
  const { places, weights } = nodesOf(panels);
  const values = integrand(places);
  return panels.map((_, panel) => {
    let sum = 0;
    for (let i = panel * ORDER; i < (panel + 1) * ORDER; i++) {
      sum += weights[i]! * values[i]!;
    }
    return sum;
  });
}

function nodesOf(panels: readonly Panel[]): Omit<Nodes, "ends"> {
  const places = new Float64Array(panels.length * ORDER);
  const weights = new Float64Array(panels.length * ORDER);
  panels.forEach(([start, end], panel) => {
    const half = (end - start) / 2;
    for (let i = 0; i < ORDER; i++) {
      places[panel * ORDER + i] = start + half * (1 + RULE.places[i]!);
      weights[panel * ORDER + i] = half * RULE.weights[i]!;
    }
  });
  return { places, weights };
}

const RULE = gaussLegendre(ORDER);

/** The rule on [-1, 1]: roots of Legendre's polynomial by Newton's method. */
function gaussLegendre(order: number): Omit<Nodes, "ends"> {
  const places = new Float64Array(order);
  const weights = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    let x = -Math.cos(Math.PI * (i + 0.75) / (order + 0.5));
    let slope = 1;
    for (let step = 0; step < 10; step++) {
      let [before, value] = [1, x];
      for (let n = 2; n <= order; n++) {
        [before, value] = [
          value,
          ((2 * n - 1) * x * value - (n - 1) * before) / n,
        ];
      }
      slope = order * (x * value - before) / (x * x - 1);
      x -= value / slope;
    }
    places[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { places, weights };
}
