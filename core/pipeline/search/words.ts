/** A search in words. @module */

import { formatCount, plural } from "../../lib/count.ts";
import type { OptionAxis } from "../provider.ts";
import type { Plan, Searched } from "../types.ts";
import type { Setting } from "./types.ts";

/** Whether a plan is a rung of a search, and not what its config is about. */
export function isRung({ searched }: Pick<Plan, "searched">): boolean {
  return searched !== undefined && searched.next !== null;
}

/** `learningRate=0.001 batchSize=64`. */
function settingTitle(
  setting: Setting,
  options: readonly OptionAxis[],
): string {
  return options.map(({ stage, option, called }) => {
    const value = setting[`${stage}.${option}`];
    return `${called}=${
      typeof value === "string" ? value : JSON.stringify(value)
    }`;
  }).join(" ");
}

/** Where a search stands, a line for all or one for each configuration. */
export function searchLines(searched: Searched): readonly string[] {
  const { next, rungs, stage, over, configurations, config } = searched;
  const { options } = config.search!;
  if (next === null) {
    return configurations.map(({ group, winner, work }) =>
      `Search: ${settingTitle(winner!, options)} for ${
        group || "all trials"
      }, found with ${shareOf(work)}`
    );
  }
  const counts = new Set(
    configurations.map(({ left }) => left),
  );
  const each = [...counts].sort((a, b) => a - b).join(" or ");
  return [
    `Search: rung ${next + 1} of ${rungs.length}, ${each} settings${
      configurations.length > 1
        ? ` for each of ${plural(configurations.length, "configuration")}`
        : ""
    } with ${stage}.${over}=${
      rungs[next]
    }; what comes after it depends on what is found`,
  ];
}

/** `58 of 216 steps (27 %)`. */
export function shareOf({ done, whole }: {
  readonly done: number;
  readonly whole: number;
}): string {
  const share = whole === 0 ? 0 : Math.round(100 * done / whole);
  return `${formatCount(done)} of ${plural(whole, "step")} (${share} %)`;
}
