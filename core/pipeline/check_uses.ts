/**
 * Whether what stages use of a run is there.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import type { Provider } from "./provider.ts";
import type { Stage } from "./stage.ts";

/**
 * Checks `uses` of the stages.
 *
 * @throws {UserError} Where a stage uses what no run has, or something without
 * what that is opened with.
 */
export function checkUses(
  stages: readonly Stage[],
  providers: readonly Provider[],
): void {
  const known = providers.map(({ name }) => name);
  for (const { name, uses } of stages) {
    const start = `Cannot plan stage "${name}": uses`;
    const unknown = uses.find((use) => !known.includes(use));
    if (unknown !== undefined) {
      throw new UserError(`${start} "${unknown}", want of ${list(known)}`, {
        hint: 'Correct its "uses"',
      });
    }
    for (const use of uses) {
      const { with: wanted = [] } = providers.find((one) => one.name === use)!;
      const missing = wanted.find((other) => !uses.includes(other));
      if (missing === undefined) continue;
      throw new UserError(`${start} "${use}" without "${missing}"`, {
        hint: `One is opened with the other: write uses: [${
          list([use, missing])
        }]`,
      });
    }
  }
}

function list(names: readonly string[]): string {
  return names.length === 0
    ? "nothing"
    : names.map((name) => `"${name}"`).join(", ");
}
