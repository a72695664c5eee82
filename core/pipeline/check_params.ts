/**
 * Whether what stages use of a trial is there.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import { quoteAll } from "../lib/suggest.ts";
import type { Provider } from "./provider.ts";
import type { Stage } from "./stage.ts";

/**
 * Checks `params` of the stages.
 *
 * @throws {UserError} Where a stage uses what no trial has, or something without
 * what that is opened with.
 */
export function checkParams(
  stages: readonly Stage[],
  providers: readonly Provider[],
): void {
  const known = providers.map(({ name }) => name);
  for (const { name, params } of stages) {
    const start = `Cannot plan stage "${name}": uses`;
    const unknown = params.find((use) => !known.includes(use));
    if (unknown !== undefined) {
      throw new UserError(
        `${start} "${unknown}", want one of ${quoteAll(known)}`,
        {
          hint: 'Correct its "params"',
        },
      );
    }
    for (const use of params) {
      const { with: wanted = [] } = providers.find((one) => one.name === use)!;
      const missing = wanted.find((other) => !params.includes(other));
      if (missing === undefined) continue;
      throw new UserError(`${start} "${use}" without "${missing}"`, {
        hint: `One is opened with the other: write params: [${
          quoteAll([use, missing])
        }]`,
      });
    }
  }
}
