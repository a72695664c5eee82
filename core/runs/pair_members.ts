/**
 * Which members of two runs answer each other.
 *
 * @module
 */

import type { MemberRecord } from "./record.ts";

/** Members with the same name, and then those left of the same prior, in order. */
export function pairMembers(
  before: readonly MemberRecord[],
  after: readonly MemberRecord[],
): readonly (readonly [MemberRecord, MemberRecord])[] {
  const left = new Set(after);
  const found = new Map<MemberRecord, MemberRecord>();
  const rules: readonly ((a: MemberRecord, b: MemberRecord) => boolean)[] = [
    (a, b) => a.id === b.id,
    (a, b) =>
      a.prior === b.prior && a.seed === b.seed && a.latentDim === b.latentDim,
    (a, b) => a.prior === b.prior,
  ];
  for (const answers of rules) {
    for (const a of before) {
      if (found.has(a)) continue;
      const b = [...left].find((b) => answers(a, b));
      if (b === undefined) continue;
      found.set(a, b);
      left.delete(b);
    }
  }
  return before.flatMap((a) => {
    const b = found.get(a);
    return b === undefined ? [] : [[a, b] as const];
  });
}
