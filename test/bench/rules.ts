/**
 * When two times may be divided, and when a machine was too busy for them.
 *
 * @module
 */

import type { Measured } from "./contenders.ts";
import { figure, median } from "./table.ts";

/** One turn of every contender. */
export interface Round {
  /** Processes that wanted a core in the minute before. */
  readonly load: number;
  readonly by: Readonly<Record<string, Measured>>;
}

/**
 * By how much losses after the same steps may differ: initial weights and
 * noise do 1 %, a model without its KL or with its likelihood's mean 5 % or
 * more.
 */
const LOSS_SHARE = 0.03;
/** Blocks of one process on a quiet machine differ by less. */
const SPREAD = 1.35;

/** What a reader is to know. */
export const RULES =
  `No ratio where losses after the same steps differ by more than ${
    100 * LOSS_SHARE
  } %. Load: processes wanting a core in the minute before; spread: longest block to shortest.`;

/** Ratio of `ours` to `other`, the median over rounds; or why there is none. */
export function comparable(
  rounds: readonly Round[],
  ours: string,
  other: string,
): string {
  const pairs = rounds.flatMap(({ by }) => {
    const [one, two] = [by[ours], by[other]];
    return one === undefined || two === undefined ? [] : [[one, two] as const];
  });
  if (pairs.length === 0) return "";
  const apart = pairs.find(([one, two]) =>
    // Matrix products alone have no loss to compare.
    !two.isFloor &&
    !(Math.abs(one.loss - two.loss) <= LOSS_SHARE * Math.abs(one.loss))
  );
  if (apart !== undefined) {
    const [one, two] = apart;
    return `none: loss ${figure(one.loss, 1)} and ${figure(two.loss, 1)}`;
  }
  return figure(median(pairs.map(([one, two]) => one.median / two.median)));
}

/** Whether other work took part. */
export function isBusy(rounds: readonly Round[]): boolean {
  return rounds.some(({ by }) =>
    Object.values(by).some(({ min, median, max = median }) =>
      max / min > SPREAD
    )
  );
}
