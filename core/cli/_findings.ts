/**
 * What a survey found, as lines and as JSON.
 *
 * @module
 */

import { allOf } from "../lib/count.ts";
import type { CacheStatus } from "../pipeline/status.ts";
import type { Finding, Survey } from "../pipeline/survey.ts";
import type { Plan, Trial } from "../pipeline/types.ts";
import { formatSeconds } from "./progress/rate.ts";
import { hang, listSome, terminalWidth } from "./wrap.ts";

/** `status --json` and `run --dry --json`. */
export interface FindingsJson {
  readonly run: string;
  readonly engine: { readonly name: string; readonly version: string };
  readonly stale: number;
  /** Of a config that searches: the place of the rung at hand, null where it has ended. */
  readonly search?: {
    readonly next: number | null;
    readonly rungs: readonly number[];
  };
  readonly trials: readonly {
    readonly id: string;
    readonly label: string;
    readonly stages: readonly {
      readonly name: string;
      readonly status: CacheStatus;
      readonly reason: string;
      /** What it took when it last ran, or what is most like it. */
      readonly ms: number | null;
    }[];
  }[];
}

/** Which trials are told of, and how wide. */
export interface FindingsStyle {
  /** Default all. */
  readonly trials?: readonly Trial[];
  /** Columns of the terminal. */
  readonly width?: number;
}

/** Labels that a heading names. */
const NAMED = 3;

/**
 * One line a stage, in paragraphs of the trials of which the same is to be said;
 * a trial that is wholly cached is one line.
 */
export function describeFindings(
  plan: Plan,
  { findings }: Survey,
  { trials = plan.trials, width = terminalWidth() }: FindingsStyle = {},
): readonly string[] {
  const indent = Math.max(...plan.config.stages.map(({ name }) => name.length));
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const said = trial.nodes.map((key) => {
      const finding = findings.get(key);
      return `${finding?.status} ${finding?.reason}`;
    });
    const id = said.join("\n");
    groups.set(id, [...groups.get(id) ?? [], trial]);
  }
  return [...groups.values()].flatMap((group) => {
    const { nodes } = group[0]!;
    const heading = listSome(group.map(({ label }) => label), NAMED);
    if (nodes.every((key) => findings.get(key)?.status === "cached")) {
      return hang("", `${heading}: ${allOf(nodes.length, "stage")} cached`, {
        width,
      });
    }
    const lines = nodes.flatMap((key, stage) => {
      const name = plan.nodes.get(key)?.stage.name ?? "";
      const times = group.map((trial) =>
        timeOf(findings.get(trial.nodes[stage]!))
      );
      const [head, text] = describe(findings.get(key), times);
      return hang(`  ${name.padEnd(indent)}  ${head} `, text, { width });
    });
    return [...hang("", heading, { width }), ...lines];
  });
}

/** The same for programs. */
export function findingsJson(
  plan: Plan,
  { findings }: Survey,
  { trials = plan.trials }: FindingsStyle = {},
): FindingsJson {
  const { name, version } = plan.shared.engine;
  return {
    run: plan.id,
    engine: { name, version },
    stale: countStale(findings),
    ...(plan.searched === undefined ? {} : {
      search: { next: plan.searched.next, rungs: plan.searched.rungs },
    }),
    trials: trials.map(({ id, label, nodes }) => ({
      id,
      label,
      stages: nodes.map((key) => {
        const finding = findings.get(key);
        return {
          name: plan.nodes.get(key)?.stage.name ?? "",
          status: finding?.status ?? "stale",
          reason: finding?.reason ?? "",
          ms: timeOf(finding),
        };
      }),
    })),
  };
}

/** How many stages would run. */
export function countStale(findings: ReadonlyMap<string, Finding>): number {
  return [...findings.values()].filter(({ status }) => status === "stale")
    .length;
}

function describe(
  finding: Finding | undefined,
  times: readonly (number | null)[],
): readonly [head: string, text: string] {
  const took = formatTimes(times.filter((ms) => ms !== null));
  switch (finding?.status) {
    case undefined:
      return ["unknown", ""];
    case "cached":
      return ["cached ", took === "" ? "" : `(took ${took})`];
    case "skipped":
      return ["skipped", finding.reason];
    case "stale":
      return [
        "stale  ",
        finding.reason + (took === "" ? "" : ` (last took ${took})`),
      ];
  }
}

/** `1.0 s`, or `18 s to 41 s`. */
function formatTimes(times: readonly number[]): string {
  if (times.length === 0) return "";
  const [least, most] = [Math.min(...times), Math.max(...times)]
    .map((ms) => formatSeconds(ms / 1000));
  return least === most ? `${least}` : `${least} to ${most}`;
}

function timeOf(finding: Finding | undefined): number | null {
  if (finding?.status === "cached") return finding.ms;
  return finding?.status === "stale" ? finding.last?.ms ?? null : null;
}
