/**
 * Minimises a smooth function by limited-memory BFGS (Nocedal and Wright 2006,
 * "Numerical Optimization", algorithms 7.4 and 7.5) with a backtracking line
 * search. Deterministic.
 *
 * @module
 */

/** A value with its gradient. */
export interface Evaluated {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Options of {@link minimise}. */
export interface MinimiseOptions {
  /** Stops where no derivative is larger. */
  readonly tolerance: number;
  readonly iterations: number;
  /** Called after each iteration, for Ctrl-C to arrive. */
  readonly pause?: (() => Promise<unknown>) | undefined;
}

/** Steps that the curvature is remembered of. */
const MEMORY = 10;
/** Share of the decrease that the gradient promises (Armijo). */
const SUFFICIENT = 1e-4;

/** The point where `evaluate` is least, from `start` on. */
export async function minimise(
  evaluate: (at: Float64Array) => Evaluated,
  start: Float64Array,
  { tolerance, iterations, pause }: MinimiseOptions,
): Promise<{ readonly at: Float64Array; readonly converged: boolean }> {
  let at = start;
  let current = evaluate(at);
  const memory: Pair[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (current.gradient.every((g) => Math.abs(g) <= tolerance)) {
      return { at, converged: true };
    }
    const direction = descent(current.gradient, memory);
    const slope = dot(direction, current.gradient);
    let step = memory.length === 0
      ? 1 / Math.sqrt(dot(current.gradient, current.gradient))
      : 1;
    let next = at.map((x, i) => x + step * direction[i]!);
    let found = evaluate(next);
    while (!isEnough(found, { current, direction, slope, step })) {
      step /= 2;
      // What is left is rounding.
      if (step < 1e-12) return { at, converged: false };
      next = at.map((x, i) => x + step * direction[i]!);
      found = evaluate(next);
    }
    const pair = {
      s: next.map((x, i) => x - at[i]!),
      y: found.gradient.map((g, i) => g - current.gradient[i]!),
    };
    const curvature = dot(pair.s, pair.y);
    if (curvature > 0) {
      memory.push({ ...pair, rho: 1 / curvature });
      if (memory.length > MEMORY) memory.shift();
    }
    at = next;
    current = found;
    await pause?.();
  }
  return { at, converged: false };
}

/**
 * Whether a step descends as its gradient promises; near the minimum, where
 * values differ by rounding alone, the gradients say so (Hager and Zhang 2005,
 * eq. 4.1).
 */
function isEnough(
  found: Evaluated,
  { current, direction, slope, step }: {
    readonly current: Evaluated;
    readonly direction: Float64Array;
    readonly slope: number;
    readonly step: number;
  },
): boolean {
  if (found.value <= current.value + SUFFICIENT * step * slope) return true;
  return found.value <= current.value + 1e-12 * Math.abs(current.value) &&
    dot(found.gradient, direction) <= (2 * SUFFICIENT - 1) * slope;
}

/** How the gradient changed over a step. */
interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

/** Minus the gradient times the inverse Hessian that the steps suggest. */
function descent(
  gradient: Float64Array,
  memory: readonly Pair[],
): Float64Array {
  const q = gradient.map((g) => -g);
  const factors = memory.map(() => 0);
  for (let i = memory.length - 1; i >= 0; i--) {
    const { s, y, rho } = memory[i]!;
    factors[i] = rho * dot(s, q);
    add(q, y, -factors[i]!);
  }
  const last = memory.at(-1);
  if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    q.forEach((value, i) => q[i] = value * scale);
  }
  memory.forEach(({ s, y, rho }, i) =>
    add(q, s, factors[i]! - rho * dot(y, q))
  );
  return q;
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += times * what[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
