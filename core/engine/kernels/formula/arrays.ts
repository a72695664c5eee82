/**
 * Formulas on arrays of float64, for the engines without TensorFlow's
 * operations. One operation is one loop over an array, a block of elements at a
 * time: four times as fast as a call of the formula for each element.
 *
 * @module
 */

import { gammaln } from "../scalar/gamma_function.ts";
import type { Arithmetic, Column } from "./arithmetic.ts";

type Operand = Float64Array | number;

/** How many elements go through a formula at a time; their arrays fit in cache. */
export const BLOCK = 64;

/**
 * The arithmetic of arrays. What it returns lasts until the next `restart`, which
 * must tell how many elements come.
 */
export class ArrayArithmetic implements Arithmetic<Float64Array> {
  /** Elements of the block, and of an array: inside a sum it has the terms too. */
  #count = 0;
  #length = 0;
  /** Arrays by length, with the number that are taken. */
  readonly #pools = new Map<
    number,
    { arrays: Float64Array[]; taken: number }
  >();
  readonly #constants = new Map<number, Map<number, Float64Array>>();

  /** Begins a block of `count` elements. */
  restart(count: number): void {
    this.#count = this.#length = count;
    for (const pool of this.#pools.values()) pool.taken = 0;
  }

  /** A copy of numbers from a tensor. */
  copy(values: ArrayLike<number>): Float64Array {
    const array = this.#take(this.#length);
    array.set(values);
    return array;
  }

  add(a: Float64Array, b: Operand): Float64Array {
    const [x, y, out] = this.#operands(a, b);
    for (let i = 0; i < out.length; i++) out[i] = x[i]! + y[i]!;
    return out;
  }

  sub(a: Operand, b: Operand): Float64Array {
    const [x, y, out] = this.#operands(a, b);
    for (let i = 0; i < out.length; i++) out[i] = x[i]! - y[i]!;
    return out;
  }

  mul(a: Float64Array, b: Operand): Float64Array {
    const [x, y, out] = this.#operands(a, b);
    for (let i = 0; i < out.length; i++) out[i] = x[i]! * y[i]!;
    return out;
  }

  div(a: Operand, b: Operand): Float64Array {
    const [x, y, out] = this.#operands(a, b);
    for (let i = 0; i < out.length; i++) out[i] = x[i]! / y[i]!;
    return out;
  }

  max(a: Float64Array, b: Operand): Float64Array {
    const [x, y, out] = this.#operands(a, b);
    for (let i = 0; i < out.length; i++) out[i] = Math.max(x[i]!, y[i]!);
    return out;
  }

  min(a: Float64Array, b: Operand): Float64Array {
    const [x, y, out] = this.#operands(a, b);
    for (let i = 0; i < out.length; i++) out[i] = Math.min(x[i]!, y[i]!);
    return out;
  }

  neg(a: Float64Array): Float64Array {
    return this.#map(a, (x) => -x);
  }

  exp(a: Float64Array): Float64Array {
    return this.#map(a, Math.exp);
  }

  expm1(a: Float64Array): Float64Array {
    return this.#map(a, Math.expm1);
  }

  log(a: Float64Array): Float64Array {
    return this.#map(a, Math.log);
  }

  log1p(a: Float64Array): Float64Array {
    return this.#map(a, Math.log1p);
  }

  sqrt(a: Float64Array): Float64Array {
    return this.#map(a, Math.sqrt);
  }

  softplus(a: Float64Array): Float64Array {
    return this.#map(
      a,
      (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    );
  }

  lgamma(a: Float64Array): Float64Array {
    return this.#map(a, gammaln);
  }

  whereGreater<R extends readonly Operand[]>(
    a: Operand,
    b: Operand,
    yes: readonly [...R],
    no: { readonly [K in keyof R]: Operand },
  ): { readonly [K in keyof R]: Float64Array } {
    const [x, y] = this.#operands(a, b);
    return yes.map((value, k) => {
      const [chosen, other, out] = this.#operands(value, no[k]!);
      for (let i = 0; i < out.length; i++) {
        out[i] = x[i]! > y[i]! ? chosen[i]! : other[i]!;
      }
      return out;
    }) as never;
  }

  sumOver<
    C extends readonly Column[],
    F extends readonly Float64Array[],
    R extends readonly Float64Array[],
  >(
    columns: readonly [...C],
    fixed: readonly [...F],
    terms: (
      columns: { readonly [K in keyof C]: Float64Array },
      fixed: { readonly [K in keyof F]: Float64Array },
    ) => readonly [...R],
  ): { readonly [K in keyof R]: Float64Array } {
    const width = columns[0]!.length;
    this.#length = this.#count * width;
    const wide = fixed.map((x) => {
      const out = this.#take(this.#length);
      x.forEach((value, i) => out.fill(value, i * width, (i + 1) * width));
      return out;
    });
    const tiled = columns.map((column) => {
      const out = this.#take(this.#length);
      for (let i = 0; i < this.#count; i++) out.set(column, i * width);
      return out;
    });
    const values = terms(tiled as never, wide as never);
    this.#length = this.#count;
    return values.map((value) => {
      const out = this.#take(this.#length);
      for (let i = 0; i < out.length; i++) {
        let sum = 0;
        for (let k = i * width; k < (i + 1) * width; k++) sum += value[k]!;
        out[i] = sum;
      }
      return out;
    }) as never;
  }

  #operands(
    a: Operand,
    b: Operand,
  ): [Float64Array, Float64Array, Float64Array] {
    return [this.#array(a), this.#array(b), this.#take(this.#length)];
  }

  #map(a: Float64Array, f: (x: number) => number): Float64Array {
    const out = this.#take(this.#length);
    for (let i = 0; i < out.length; i++) out[i] = f(a[i]!);
    return out;
  }

  #array(a: Operand): Float64Array {
    if (typeof a !== "number") return a;
    const length = this.#length;
    const known = this.#constants.get(length) ??
      new Map<number, Float64Array>();
    this.#constants.set(length, known);
    const made = known.get(a) ?? new Float64Array(length).fill(a);
    known.set(a, made);
    return made;
  }

  #take(length: number): Float64Array {
    const pool = this.#pools.get(length) ?? { arrays: [], taken: 0 };
    this.#pools.set(length, pool);
    return pool.arrays[pool.taken++] ??= new Float64Array(length);
  }
}
