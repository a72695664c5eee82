/**
 * The prior that is checked, and what several checks look at.
 *
 * @module
 */

import { deepFreeze } from "../../lib/freeze.ts";
import { uniformStream } from "../../engine/random.ts";
import { deriveSeed } from "../../engine/seed.ts";
import { messageOf, UserError } from "../../lib/errors.ts";
import type { ResolvedPrior } from "../plugin/prior.ts";
import { createInstance, type Instance } from "./instance.ts";
import type { SubjectOptions } from "./subject_options.ts";

/** Raw head outputs of one posterior. */
export type RawRow = readonly number[];

/** A prior under examination. */
export interface Subject extends Pick<ResolvedPrior, "definition" | "options"> {
  /** URL of the module that it was loaded from, where it is known. */
  readonly url: string | undefined;
  readonly seed: number;
  /**
   * The prior for `latentDim` dimensions; undefined where it refuses that many
   * by a `UserError`.
   */
  instance(latentDim: number): Instance | undefined;
  /** Why it refuses `latentDim` dimensions; undefined where it does not. */
  refusal(latentDim: number): string | undefined;
  /** What `make` gives, made once for all checks that ask for `key`. */
  once<T>(key: string, make: () => T): T;
}

/** Prepares a prior to be checked. */
export function createSubject(
  { definition, options }: Pick<ResolvedPrior, "definition" | "options">,
  { url, seed = 0, drawShare }: SubjectOptions,
): Subject {
  const known = new Map<string, unknown>();
  const once = <T>(key: string, make: () => T): T => {
    if (!known.has(key)) known.set(key, make());
    return known.get(key) as T;
  };
  const build = (latentDim: number) =>
    once(`instance ${latentDim}`, () => {
      try {
        return createInstance(definition, {
          options: deepFreeze(options),
          latentDim,
          seed,
          drawShare,
        });
      } catch (error) {
        if (error instanceof UserError) return messageOf(error);
        throw error;
      }
    });
  return {
    definition,
    options,
    url,
    seed,
    once,
    instance: (latentDim) => {
      const built = build(latentDim);
      return typeof built === "string" ? undefined : built;
    },
    refusal: (latentDim) => {
      const built = build(latentDim);
      return typeof built === "string" ? built : undefined;
    },
  };
}

/** Latent dimensions of checks that look at several coordinates together. */
export const JOINT_DIM = 3;

/**
 * The prior in {@link JOINT_DIM} dimensions, which every prior has.
 *
 * @throws {UserError} where this one refuses them.
 */
export function jointInstance(subject: Subject): Instance {
  const instance = subject.instance(JOINT_DIM);
  if (instance !== undefined) return instance;
  throw new UserError(subject.refusal(JOINT_DIM) ?? "");
}

/**
 * Posteriors of every kind: the middle, small and large values of all
 * parameters, of each against the others, and mixtures.
 */
export function variedRows({ units }: Instance, seed: number): RawRow[] {
  const uniform = uniformStream(deriveSeed(seed, "rows"), units);
  const mixed = (largest: number) =>
    Array.from({ length: units }, () => (2 * uniform() - 1) * largest);
  const alternating = (size: number) =>
    Array.from({ length: units }, (_, i) => i % 2 === 0 ? size : -size);
  return [
    Array<number>(units).fill(0),
    mixed(1),
    mixed(2),
    Array<number>(units).fill(2),
    Array<number>(units).fill(-2),
    alternating(3),
    alternating(-3),
  ];
}

/**
 * The posterior of `narrow` at `row`, repeated along the coordinates of `wide`;
 * undefined where its parameters do not go with them one by one.
 */
export function spreadRow(
  row: RawRow,
  narrow: Instance,
  wide: Instance,
): RawRow | undefined {
  const spread: number[] = [];
  let start = 0;
  for (const [name, { units }] of Object.entries(narrow.prior.head)) {
    const wanted = wide.prior.head[name]?.units ?? 0;
    const goes = (["latentDim", "width"] as const).some((size) =>
      units % narrow[size] === 0 &&
      wanted === units / narrow[size] * wide[size]
    );
    if (!goes) return undefined;
    for (let i = 0; i < wanted; i++) spread.push(row[start + i % units]!);
    start += units;
  }
  return spread;
}

/** Posteriors that are neither narrow nor wide. */
export function mildRows(instance: Instance, seed: number): RawRow[] {
  return variedRows(instance, seed).slice(0, 2);
}

/** `raw mean=0.5, scale=-1`: a posterior in words. */
export function describeRow({ prior }: Instance, row: RawRow): string {
  let start = 0;
  const words = Object.entries(prior.head).map(([name, { units }]) => {
    const values = row.slice(start, start += units)
      .map((value) => String(Number(value.toPrecision(3))));
    const shown = values.every((value) => value === values[0])
      ? values[0]!
      : `(${values.slice(0, 4).join(" ")}${values.length > 4 ? " ..." : ""})`;
    return `${name}=${shown}`;
  });
  return `raw ${words.join(", ")}`;
}

/** `scale[2]`: number `unit` of a raw row in words. */
export function unitName({ prior }: Instance, unit: number): string {
  let start = 0;
  for (const [name, { units }] of Object.entries(prior.head)) {
    if (unit < start + units) return `${name}[${unit - start}]`;
    start += units;
  }
  return String(unit);
}
