/**
 * Formulas written once for every engine: on TensorFlow operations in double,
 * and on numbers.
 *
 * @module
 */

/** A column of constants, one for each term of a sum. */
export type Column = readonly number[];

/** What a formula may do with its numbers, of which `T` is one or a tensor. */
export interface Arithmetic<T> {
  add(a: T, b: T | number): T;
  sub(a: T | number, b: T | number): T;
  mul(a: T, b: T | number): T;
  div(a: T | number, b: T | number): T;
  max(a: T, b: T | number): T;
  min(a: T, b: T | number): T;
  neg(a: T): T;
  exp(a: T): T;
  expm1(a: T): T;
  log(a: T): T;
  log1p(a: T): T;
  sqrt(a: T): T;
  /** log(1 + e^a), without overflow. */
  softplus(a: T): T;
  /** log Gamma(a), for a > 0. */
  lgamma(a: T): T;
  /** `yes` where a > b, else `no`: also where one of them is NaN. */
  whereGreater<R extends readonly (T | number)[]>(
    a: T | number,
    b: T | number,
    yes: readonly [...R],
    no: { readonly [K in keyof R]: T | number },
  ): { readonly [K in keyof R]: T };
  /**
   * Sums over k: `terms` gets entry k of every column, and `fixed` as it is.
   * A tensor has an axis more in there, so nothing may come in from outside.
   */
  sumOver<
    C extends readonly Column[],
    F extends readonly T[],
    R extends readonly T[],
  >(
    columns: readonly [...C],
    fixed: readonly [...F],
    terms: (
      columns: { readonly [K in keyof C]: T },
      fixed: { readonly [K in keyof F]: T },
    ) => readonly [...R],
  ): { readonly [K in keyof R]: T };
}

/** Horner's rule: `coefficients` from the constant term up. */
export function polynomial<T>(
  m: Arithmetic<T>,
  x: T,
  coefficients: readonly [number, number, ...number[]],
): T {
  const [highest, ...rest] = coefficients.toReversed() as [number, ...number[]];
  let sum: T | undefined;
  for (const coefficient of rest) {
    sum = m.add(
      sum === undefined ? m.mul(x, highest) : m.mul(sum, x),
      coefficient,
    );
  }
  return sum!;
}
